import type { RecordingRule } from "../../../../constructs/observability/rules/rule";
import type { ServiceObjective } from "../../../../constructs/observability/rules/rule-settings";
import { sloRules } from "../../../../constructs/observability/rules/slo-rules";
import { FULL_SETTINGS } from "./full-settings";

const CHAT: ServiceObjective = {
  service: "chat",
  namespace: "serving",
  engine: "vllm",
  availabilityPercent: 99.95,
  latency: { seconds: 5, percent: 95 },
};

function records(service: ServiceObjective, record: string): readonly RecordingRule[] {
  const groups = sloRules({ ...FULL_SETTINGS, services: [service] });
  return groups.flatMap((group) => group.recording).filter((rule) => rule.record === record);
}

function alerts(services: readonly ServiceObjective[]): readonly string[] {
  return sloRules({ ...FULL_SETTINGS, services }).flatMap((group) => group.alerts.map(({ alert }) => alert));
}

describe("sloRules", () => {
  test("has nothing to say where nobody promises anything", () => {
    expect(sloRules({ ...FULL_SETTINGS, services: [] })).toEqual([]);
  });

  test("says nothing of latency where no latency is promised", () => {
    const { latency: _, ...availabilityAlone } = CHAT;

    expect(alerts([availabilityAlone])).toEqual([
      "ServingAvailabilityFastBurn",
      "ServingServiceAbsent",
      "ServingAvailabilitySlowBurn",
    ]);
    expect(records(availabilityAlone, "slo:objective:ratio")).toHaveLength(1);
  });

  test("writes an objective as people mean it", () => {
    expect(records(CHAT, "slo:objective:ratio").map(({ expression }) => expression)).toEqual([
      "vector(0.9995)",
      "vector(0.95)",
    ]);
  });

  test("finds a whole bound in either spelling, and any other as it stands", () => {
    const slow = (seconds: number): string =>
      records({ ...CHAT, latency: { seconds, percent: 95 } }, "slo:errors:rate5m")[1]?.expression ?? "";

    expect(slow(5)).toContain('le=~"5([.]0)?"');
    expect(slow(2.5)).toContain('le="2.5"');
  });

  test("refuses a latency that no bucket ends at", () => {
    expect(() => records({ ...CHAT, latency: { seconds: 4, percent: 95 } }, "slo:errors:rate5m")).toThrow(
      'unknown bucket of vllm "4"',
    );
  });
});
