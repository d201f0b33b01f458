import fc from "fast-check";
import { prometheusSize } from "../../../../constructs/observability/private/prometheus-sizing";
import type { PrometheusStackProps } from "../../../../constructs/observability/prometheus-stack-options";

const size = (props: Partial<PrometheusStackProps>) => prometheusSize(props as PrometheusStackProps);

test("a platform with a million series for a month gets what they take", () => {
  expect(size({ activeSeries: 1_000_000, retentionDays: 30 })).toEqual({
    storageGiB: 210,
    retentionGiB: 168,
    resources: { cpu: "1100m", memory: "4608Mi", memoryLimit: "8960Mi" },
  });
});

test("what is given is taken", () => {
  const resources = { cpu: "4", memory: "16Gi", memoryLimit: "24Gi" };
  expect(size({ storageGiB: 11, resources })).toEqual({ storageGiB: 11, retentionGiB: 8, resources });
});

test("series always fit into their share, which leaves a fifth of the volume", () => {
  const props = fc.record({
    activeSeries: fc.integer({ min: 10_000, max: 20_000_000 }),
    retentionDays: fc.integer({ min: 1, max: 400 }),
    scrapeIntervalSeconds: fc.integer({ min: 10, max: 120 }),
  });
  fc.assert(
    fc.property(props, ({ activeSeries, retentionDays, scrapeIntervalSeconds }) => {
      const { storageGiB, retentionGiB } = size({ activeSeries, retentionDays, scrapeIntervalSeconds });
      const bytes = ((activeSeries * retentionDays * 86_400) / scrapeIntervalSeconds) * 2;
      expect(retentionGiB * 1024 ** 3).toBeGreaterThanOrEqual(bytes - 1024 ** 3);
      expect(retentionGiB).toBeLessThanOrEqual(0.8 * storageGiB);
      expect(retentionGiB).toBeGreaterThan(0);
    }),
  );
});
