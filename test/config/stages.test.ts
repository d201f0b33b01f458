import { STAGE_DEFAULTS } from "../../config/stages";
import { STAGES } from "../../config/schema/primitives";
import { loadText } from "../../config/load-file";
import { VALID } from "./environment-fixture";

const minimal = (stage: (typeof STAGES)[number]) =>
  loadText(VALID.replace("stage: dev", `stage: ${stage}`), {
    id: `atlas/${stage}`,
    project: "atlas",
    stage,
    file: stage,
  }).config;

describe("stage defaults", () => {
  test.each(STAGES)("of %s pass every check", (stage) => {
    expect(minimal(stage).stage).toBe(stage);
  });

  test("guard prod against loss, and nothing else", () => {
    expect(STAGES.map((stage) => minimal(stage).protection.deletion)).toEqual([false, false, true]);
  });

  test("delete no data but logs", () => {
    const expiring = STAGES.map((stage) => {
      const { stores } = minimal(stage).data;
      return Object.entries(stores).flatMap(([name, { expireAfterDays }]) => (expireAfterDays ? [name] : []));
    });

    expect(expiring).toEqual([["logs"], ["logs"], ["logs"]]);
  });

  test("keep things longer from stage to stage", () => {
    const kept = STAGES.map((stage) => {
      const { data, cluster } = minimal(stage);
      return [data.keyDeletionWindowDays, data.stores.models.noncurrentRetentionDays, cluster.logRetentionDays];
    });

    expect(kept).toEqual([
      [7, 14, 14],
      [14, 30, 30],
      [30, 365, 365],
    ]);
  });

  test("give the same settings in every stage", () => {
    const keysOf = (value: unknown, path = ""): string[] =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.entries(value).flatMap(([key, item]) => keysOf(item, `${path}.${key}`))
        : [path];
    const settings = STAGES.map((stage) => keysOf(STAGE_DEFAULTS[stage]).filter((path) => !path.includes(".stores.")));

    expect(settings[1]).toEqual(settings[0]);
    expect(settings[2]).toEqual(settings[0]);
  });
});
