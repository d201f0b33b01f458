import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  findInstanceType,
  hasCapacityBlocks,
  instanceTypes,
  isNvidiaGpu,
  priceSource,
  tryFindInstanceType,
  UnknownNameError,
} from "../../catalog";
import accelerated from "../../catalog/accelerated-instance-types.json";
import cpu from "../../catalog/cpu-instance-types.json";

/** Figures gathered independently of the catalogue. They lie beside some clones only. */
const FACTS = join(__dirname, "../../../shared/accel_instances.json");
const compared: typeof test = existsSync(FACTS)
  ? test
  : (((name: string) => test.skip(`${name} (not run: ${FACTS} is not there)`, () => undefined)) as typeof test);

describe("instance types", () => {
  test("are found by name", () => {
    expect(findInstanceType("p5.48xlarge")).toEqual({
      name: "p5.48xlarge",
      arch: "amd64",
      vcpu: 192,
      memoryMiB: 2097152,
      accelerator: { kind: "gpu", manufacturer: "nvidia", name: "h100", count: 8, memoryMiB: 81920 },
      nvmeGB: 30400,
      efaInterfaces: 32,
      networkMbps: 3200000,
      networkCards: 32,
      maxPods: 100,
      onDemandUsdPerHour: { "us-east-1": 55.04 },
    });
  });

  test("are refused when unknown, with the nearest and their family", () => {
    expect(() => findInstanceType("g6.xlrge")).toThrow(
      new UnknownNameError(
        "instance type",
        "g6.xlrge",
        instanceTypes().map(({ name }) => name),
      ),
    );
    expect(() => findInstanceType("g6.xlrge")).toThrow(
      'unknown instance type "g6.xlrge", did you mean "g6.xlarge"?; allowed: for example g6.xlarge, g6.2xlarge, g6.4xlarge, g6.8xlarge, g6.12xlarge, g6.16xlarge, g6.24xlarge, g6.48xlarge',
    );
  });

  test.each(["", "toString", "G6.XLARGE"])("are not found by the name %j", (name) => {
    expect(tryFindInstanceType(name)).toBeUndefined();
  });

  test.each([
    ["g6.xlarge", true],
    ["g5g.xlarge", true],
    ["p6-b300.48xlarge", true],
    ["g4ad.xlarge", false],
    ["g6f.xlarge", false],
    ["trn1.2xlarge", false],
    ["m7i.large", false],
  ])("have whole NVIDIA GPUs or not: %s %s", (name, expected) => {
    expect(isNvidiaGpu(findInstanceType(name))).toBe(expected);
  });

  test.each([
    ["p5.48xlarge", true],
    ["trn2.48xlarge", true],
    ["g6.xlarge", false],
    ["trn1.2xlarge", false],
    ["m7i.large", false],
  ])("are sold in Capacity Blocks or not: %s %s", (name, expected) => {
    expect(hasCapacityBlocks(findInstanceType(name))).toBe(expected);
  });

  test("that are sold in Capacity Blocks are known", () => {
    expect(accelerated.capacityBlocks.instanceTypes.filter((name) => tryFindInstanceType(name) === undefined)).toEqual(
      [],
    );
  });

  test("have a name each", () => {
    expect(new Set(instanceTypes().map(({ name }) => name)).size).toBe(instanceTypes().length);
  });

  test("include those of all architectures and the usual families and sizes", () => {
    const names = instanceTypes().map(({ name }) => name);
    const families = ["t3", "m6i", "m7i", "m7a", "m7g", "c7i", "c7g", "r7i"];
    const sizes = ["large", "xlarge", "2xlarge"];

    expect(names).toEqual(
      expect.arrayContaining(families.flatMap((family) => sizes.map((size) => `${family}.${size}`))),
    );
    expect(new Set(instanceTypes().map(({ arch }) => arch))).toEqual(new Set(["amd64", "arm64"]));
  });

  test("have plausible figures, each of its own kind", () => {
    const wrong = instanceTypes().filter(({ vcpu, memoryMiB, maxPods, nvmeGB, efaInterfaces, onDemandUsdPerHour }) => {
      const whole = [vcpu, memoryMiB, maxPods, nvmeGB, efaInterfaces].every(Number.isInteger);
      const prices = Object.values(onDemandUsdPerHour).every((price) => price === null || price > 0);
      return !whole || !prices || vcpu < 1 || memoryMiB < 1024 || maxPods < 4;
    });

    expect(wrong).toEqual([]);
  });

  test("have accelerators of known kinds and makers", () => {
    const kinds = instanceTypes().map(
      ({ accelerator }) => accelerator && `${accelerator.kind} ${accelerator.manufacturer}`,
    );

    expect(new Set(kinds)).toEqual(new Set([null, "gpu nvidia", "gpu amd", "neuron aws", "other qualcomm"]));
  });

  test("say as of when and from where they are", () => {
    expect([accelerated.asOf, cpu.asOf]).toEqual(["2026-08-06", "2026-07-20"]);
    expect(accelerated.prices).toEqual(cpu.prices);
    expect(priceSource("us-east-1")?.asOf).toBe("2026-07-20");
    expect(priceSource("eu-west-1")).toBeUndefined();
    expect(priceSource("constructor")).toBeUndefined();
  });

  compared("hold every accelerated type of the shared facts with the same figures", () => {
    const facts = JSON.parse(readFileSync(FACTS, "utf8")) as Record<string, string | number | null>[];
    const expected = facts.map((fact) => [
      fact["type"],
      fact["vcpu"],
      fact["mem_mib"],
      Number(fact["gpus"] ?? fact["accn"]),
      fact["use1"],
    ]);
    const actual = accelerated.instanceTypes.map((type) => [
      type.name,
      type.vcpu,
      type.memoryMiB,
      type.accelerator.count,
      type.onDemandUsdPerHour["us-east-1"],
    ]);

    expect(actual).toEqual(expected);
  });
});
