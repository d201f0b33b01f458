import { dcgmCounters, dcgmCountersCsv, needsProfiling, tryFindDcgmCounter, tryFindMetric } from "../../catalog";

const counters = dcgmCounters();

test("every counter is there once, and can stand in a line of the exporter's file", () => {
  expect(new Set(counters.map(({ name }) => name)).size).toBe(counters.length);
  for (const { name, help } of counters) {
    expect(name).toMatch(/^DCGM_(FI|EXP)_[A-Z0-9_]+$/);
    expect(help).toMatch(/^[^,"\n]+\.$/);
  }
});

test("what is measured by default is known to the catalogue of metrics, with the same type", () => {
  const measured = counters.filter(({ set }) => set !== "asked");
  expect(measured.map(({ name, type }) => [name, tryFindMetric(name)?.metric.type, type])).toEqual(
    measured.map(({ name, type }) => [name, type, type]),
  );
});

test("nothing that needs profiling is measured by default", () => {
  expect(counters.filter((counter) => counter.set === "default" && needsProfiling(counter))).toEqual([]);
  expect(counters.filter(({ set }) => set === "profiling").every(needsProfiling)).toBe(true);
});

test("counters become the lines of the exporter's file", () => {
  const found = ["DCGM_FI_DEV_GPU_TEMP", "DCGM_FI_DRIVER_VERSION"].flatMap((name) => tryFindDcgmCounter(name) ?? []);
  expect(dcgmCountersCsv(found)).toBe(
    "DCGM_FI_DEV_GPU_TEMP, gauge, Temperature of the GPU in degrees Celsius.\n" +
      "DCGM_FI_DRIVER_VERSION, label, Version of the driver as a label of every series.\n",
  );
});
