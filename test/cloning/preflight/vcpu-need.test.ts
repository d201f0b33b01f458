import fc from "fast-check";
import { findInstanceType, instanceTypes, vcpuQuotaFor } from "../../../catalog";
import type { PoolDemand } from "../../../cloning/preflight/pool-demand";
import { vcpuNeeds } from "../../../cloning/preflight/vcpu-need";

const NAMES = instanceTypes().map(({ name }) => name);

const pool = (name: string, changes: Partial<PoolDemand>): PoolDemand => ({
  ...{ name, capacity: "on-demand", instanceTypes: ["g6.xlarge"], maxSize: 1, zones: [], diskGiB: 20 },
  reservationGroup: false,
  ...changes,
});

test("pools of one quota are added up, each with the largest of its types", () => {
  const { needs, unknown } = vcpuNeeds([
    pool("l4", { instanceTypes: ["g6.xlarge", "g6.4xlarge", "g6.2xlarge"], maxSize: 3 }),
    pool("l40s", { instanceTypes: ["g6e.2xlarge"], maxSize: 2 }),
    pool("h100", { instanceTypes: ["p5.48xlarge"], maxSize: 4 }),
    pool("batch", { instanceTypes: ["c7i.4xlarge"], maxSize: 20, capacity: "spot" }),
  ]);
  expect(needs.map(({ quota, amount, parts }) => [quota.name, amount, parts.map(({ what }) => what)])).toEqual([
    ["on-demand-g", 64, ["l4 3 × g6.4xlarge (16)", "l40s 2 × g6e.2xlarge (8)"]],
    ["on-demand-p", 768, ["h100 4 × p5.48xlarge (192)"]],
    ["spot-standard", 320, ["batch 20 × c7i.4xlarge (16)"]],
  ]);
  expect(unknown).toEqual([]);
});

test("a capacity block needs no quota of vCPUs, a reservation does", () => {
  const types = { instanceTypes: ["p5.48xlarge"] };
  const { needs } = vcpuNeeds([
    pool("block", { ...types, capacity: "capacity-block", reservationId: "cr-00000000" }),
    pool("reserved", { ...types, reservationId: "cr-11111111", maxSize: 2 }),
  ]);
  expect(needs.map(({ quota, amount }) => [quota.name, amount])).toEqual([["on-demand-p", 384]]);
});

test("a pool whose types count against two quotas needs all of either", () => {
  const { needs } = vcpuNeeds([
    pool("mixed", { instanceTypes: ["p4d.24xlarge", "p5.48xlarge"], maxSize: 2, capacity: "spot" }),
  ]);
  expect(needs.map(({ quota, amount }) => [quota.name, amount])).toEqual([
    ["spot-p4-p3-p2", 192],
    ["spot-p5", 384],
  ]);
});

test("a type without a known quota is told of", () => {
  const { needs, unknown } = vcpuNeeds([pool("b200", { instanceTypes: ["p6-b200.48xlarge"], capacity: "spot" })]);
  expect(needs).toEqual([]);
  expect(unknown).toEqual([{ pool: "b200", instanceType: "p6-b200.48xlarge", capacity: "spot" }]);
});

describe("for any pools", () => {
  const anyPool = fc.record({
    name: fc.string(),
    capacity: fc.constantFrom("on-demand" as const, "spot" as const),
    instanceTypes: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 5 }),
    maxSize: fc.integer({ min: 1, max: 100 }),
    zones: fc.constant([]),
    diskGiB: fc.constant(20),
    reservationGroup: fc.constant(false),
  });

  test("a need is the sum of its parts, and enough for any choice of types", () => {
    fc.assert(
      fc.property(fc.array(anyPool, { maxLength: 6 }), fc.nat(), (pools, choice) => {
        const { needs } = vcpuNeeds(pools);
        for (const { amount, parts } of needs) {
          expect(amount).toBe(parts.reduce((sum, part) => sum + part.amount, 0));
        }
        const chosen = new Map<string, number>();
        for (const { instanceTypes: types, capacity, maxSize } of pools) {
          const type = types[choice % types.length]!;
          const quota = vcpuQuotaFor(type, capacity)?.name ?? "unknown";
          chosen.set(quota, (chosen.get(quota) ?? 0) + maxSize * findInstanceType(type).vcpu);
        }
        for (const { quota, amount } of needs) expect(amount).toBeGreaterThanOrEqual(chosen.get(quota.name) ?? 0);
      }),
    );
  });

  test("what two sets of pools need is what each of them needs, added up", () => {
    fc.assert(
      fc.property(fc.array(anyPool, { maxLength: 4 }), fc.array(anyPool, { maxLength: 4 }), (one, other) => {
        const sums = (pools: PoolDemand[]) =>
          Object.fromEntries(vcpuNeeds(pools).needs.map(({ quota, amount }) => [quota.name, amount]));
        const [first, second] = [sums(one), sums(other)];
        const names = [...new Set([...Object.keys(first), ...Object.keys(second)])];
        const added = names.map((name) => [name, (first[name] ?? 0) + (second[name] ?? 0)]);
        expect(sums([...one, ...other])).toEqual(Object.fromEntries(added));
      }),
    );
  });

  test("a larger pool needs more", () => {
    fc.assert(
      fc.property(anyPool, (one) => {
        const total = (pools: PoolDemand[]) => vcpuNeeds(pools).needs.reduce((sum, { amount }) => sum + amount, 0);
        const before = total([one]);
        const after = total([{ ...one, maxSize: one.maxSize + 1 }]);
        expect(before === 0 ? after === 0 : after > before).toBe(true);
      }),
    );
  });
});
