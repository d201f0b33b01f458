import { findInstanceType, instanceTypes, migGpus, tryFindMigGpu } from "../../catalog";

test.each([
  ["p4d.24xlarge", "a100", 40960, "1g.5gb", 7],
  ["p4de.24xlarge", "a100", 81920, "1g.10gb", 7],
  ["p5.48xlarge", "h100", 81920, "1g.20gb", 4],
  ["p5en.48xlarge", "h200", 144384, "2g.35gb", 3],
  ["p6-b200.48xlarge", "b200", 183359, "3g.90gb", 2],
  ["p6-b300.48xlarge", "b300", 275040, "7g.269gb", 1],
  ["g7e.2xlarge", "rtx-pro-server-6000", 98304, "2g.48gb", 2],
])("the GPUs of %s are cut as %s with %i MiB: %s gives %i", (type, name, memoryMiB, profile, count) => {
  const gpu = tryFindMigGpu(findInstanceType(type));
  expect(gpu).toMatchObject({ name, memoryMiB });
  expect(gpu?.profiles.find((known) => known.name === profile)?.count).toBe(count);
});

test.each(["g6.xlarge", "g5.xlarge", "g7.2xlarge", "trn1.2xlarge", "m7i.large"])("%s has nothing to cut", (type) => {
  expect(tryFindMigGpu(findInstanceType(type))).toBeUndefined();
});

test("every GPU is one of an instance type, its profiles are named once, and no more memory is given than there is", () => {
  for (const gpu of migGpus()) {
    expect(instanceTypes().some((type) => tryFindMigGpu(type) === gpu)).toBe(true);
    expect(new Set(gpu.profiles.map(({ name }) => name)).size).toBe(gpu.profiles.length);
    for (const { name, count } of gpu.profiles) {
      const gib = Number(/\.(\d+)gb$/.exec(name)?.[1]);
      expect(gib * count * 1000).toBeLessThanOrEqual(gpu.memoryMiB * 1.05);
    }
    if (gpu.bottlerocket === null) expect(gpu.profiles.filter((known) => known.bottlerocket)).toEqual([]);
  }
});
