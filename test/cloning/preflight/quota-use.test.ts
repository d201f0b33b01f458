import { findQuota } from "../../../catalog";
import type { PreflightAws, ReservationFact } from "../../../cloning/preflight/preflight-aws";
import { useByOthers } from "../../../cloning/preflight/quota-use";
import { denied, factsOf, OTHER, OWN, planOf } from "./fixture";

const all =
  <T>(...values: T[]) =>
  () =>
    Promise.resolve(values);

async function used(quota: string, aws: Partial<PreflightAws>, plan = planOf()): Promise<number | undefined> {
  return useByOthers(findQuota(quota), plan, await factsOf(plan, aws));
}

const reservation = (changes: Partial<ReservationFact> = {}): ReservationFact => ({
  ...{ id: "cr-00000001", kind: "on-demand", instanceType: "p5.48xlarge", zone: "us-east-1a", state: "active" },
  ...{ total: 4, available: 3, owner: "111111111111" },
  ...changes,
});

const GROUP = '{ resourceGroupArn: "arn:aws:resource-groups:us-east-1:111111111111:group/gpus" }';

/** The fixture with a pool `l4` of up to two nodes, of types of class P, that start in what is reserved. */
const poolOf = (reserved: string, types = "p5.48xlarge") =>
  planOf(
    ["[g6.xlarge, g6.2xlarge]", `[${types}]`],
    ["maxSize: 2", `maxSize: 2\n      capacity: on-demand\n      zones: [us-east-1a]\n      reservation: ${reserved}`],
  );

describe("vCPUs", () => {
  const instance = { instanceType: "g6.2xlarge", capacity: "on-demand" as const, vcpu: 8, tags: OTHER };

  test("of running instances count by class and way of buying, the environment's own not", async () => {
    const instances = all(
      instance,
      { ...instance, tags: OWN },
      { ...instance, capacity: "spot" as const },
      { ...instance, capacity: "capacity-block" as const },
      { ...instance, instanceType: "m7i.large" },
    );
    expect(await used("on-demand-g", { instances })).toBe(8);
    expect(await used("spot-g", { instances })).toBe(8);
    expect(await used("on-demand-standard", { instances })).toBe(2);
  });

  test("of types that the catalogue does not hold are those of the instance", async () => {
    const instances = all({ ...instance, instanceType: "x2gd.4xlarge", vcpu: 16 });
    expect(await used("on-demand-x", { instances })).toBe(16);
  });

  test("of reservations count as far as they are not filled", async () => {
    expect(await used("on-demand-p", { reservations: all(reservation()) })).toBe(3 * 192);
  });

  test.each([
    ["is over", { state: "expired" }],
    ["is another account's", { owner: "222222222222" }],
    ["is a capacity block", { kind: "capacity-block" as const }],
    ["is for another class", { instanceType: "g6.xlarge" }],
  ])("of a reservation that %s do not", async (_, changes) => {
    expect(await used("on-demand-p", { reservations: all(reservation(changes)) })).toBe(0);
  });

  test("of a reservation that a pool fills are part of the pool's need", async () => {
    const reservations = all(reservation({ available: 2 }));
    expect(await used("on-demand-p", { reservations }, poolOf("{ id: cr-00000001 }"))).toBe(0);
    expect(await used("on-demand-p", { reservations }, poolOf("{ id: cr-00000002 }"))).toBe(2 * 192);
    expect(await used("on-demand-p", { reservations }, poolOf(GROUP))).toBe(0);
  });

  test("of a reservation count as far as the pool that names it cannot fill them", async () => {
    const reservations = all(reservation({ total: 10, available: 10 }));
    const plan = poolOf("{ id: cr-00000001 }");
    expect(await used("on-demand-p", { reservations }, plan)).toBe(8 * 192);
    expect(await used("on-demand-p", { reservations: all(reservation({ available: 1 })) }, plan)).toBe(0);
  });

  test("of a group of reservations count as far as its pool cannot fill them all, whichever it fills", async () => {
    const reservations = all(
      reservation({ id: "cr-1", available: 1 }),
      reservation({ id: "cr-2", available: 3 }),
      reservation({ id: "cr-3", instanceType: "p4d.24xlarge", available: 1 }),
    );
    expect(await used("on-demand-p", { reservations }, poolOf(GROUP))).toBe(2 * 192 + 96);
    const mixed = poolOf(GROUP, "p5.4xlarge, p5.48xlarge");
    const small = all(reservation({ available: 1 }), reservation({ instanceType: "p5.4xlarge", available: 4 }));
    expect(await used("on-demand-p", { reservations: small }, mixed)).toBe(3 * 16);
  });

  test("of nodes that run in a reservation already leave the pool less of it to fill", async () => {
    const node = { instanceType: "p5.48xlarge", capacity: "on-demand" as const, vcpu: 192 };
    const reservations = all(reservation({ total: 4, available: 3 }));
    const plan = poolOf("{ id: cr-00000001 }");
    const running = (tags: Record<string, string>) => all({ ...node, tags });
    const ofPool = { ...OWN, "flightdeck:pool": "l4" };
    expect(await used("on-demand-p", { reservations, instances: running(ofPool) }, plan)).toBe(2 * 192);
    const ofOtherPool = { ...OWN, "flightdeck:pool": "cpu" };
    expect(await used("on-demand-p", { reservations, instances: running(ofOtherPool) }, plan)).toBe(192);
    const ofOther = { Project: "other", "flightdeck:pool": "l4" };
    expect(await used("on-demand-p", { reservations, instances: running(ofOther) }, plan)).toBe(192 + 192);
  });

  test("are not known when AWS does not say what runs", async () => {
    expect(await used("on-demand-p", { instances: denied("ec2:DescribeInstances") })).toBeUndefined();
  });
});

describe("other quotas", () => {
  const usedOfGp3 = (gp3Volumes: PreflightAws["gp3Volumes"]) => used("gp3-storage", { gp3Volumes });
  const tagged = all({ tags: OWN }, { tags: OTHER }, { tags: {} });

  test.each([
    ["vpcs", { vpcs: all({ id: "v", ranges: [], tags: OTHER }, { id: "w", ranges: [], tags: OWN }) }, 1],
    ["internet-gateways", { internetGateways: tagged }, 2],
    ["elastic-ips", { addresses: tagged }, 2],
    ["gateway-endpoints", { gatewayEndpoints: tagged }, 2],
    ["eks-clusters", { clusterNames: all("atlas-dev", "b") }, 2],
    ["buckets", { bucketNames: all("a", "b") }, 2],
    ["iam-roles", { roleCount: () => Promise.resolve(40) }, 40],
    ["interface-endpoints-per-vpc", {}, 0],
    ["kms-keys", {}, undefined],
  ])("%s", async (quota, aws, expected) => {
    expect(await used(quota, aws)).toBe(expected);
  });

  test("gp3 storage is all but the disks of the environment's nodes: volumes of its pods count, and others' nodes", async () => {
    const pool = { "flightdeck:pool": "l4" };
    const volume = (gib: number, tags: Record<string, string>) => ({ gib, tags });
    const used = (...volumes: ReturnType<typeof volume>[]) => usedOfGp3(all(...volumes));
    expect(await used(volume(2048, OTHER), volume(1024, { ...OWN, ...pool }))).toBe(2);
    expect(await used(volume(1024, OWN))).toBe(1);
    expect(await used(volume(512, { ...OWN, Stage: "prod", ...pool }))).toBe(0.5);
  });

  test("NAT gateways are those of the fullest zone of the environment", async () => {
    const nat = (zone: string, tags: Record<string, string> = OTHER) => ({ zone, tags });
    const natGateways = all(
      nat("us-east-1a"),
      nat("us-east-1a"),
      nat("us-east-1b", OWN),
      ...["x", "y", "z"].map(() => nat("us-east-1f")),
    );
    expect(await used("nat-gateways-per-zone", { natGateways })).toBe(2);
  });

  test("names that the environment has taken already are not of others", async () => {
    const name: PreflightAws["name"] = () => Promise.resolve({ taken: true, by: "account", tags: OWN });
    expect(await used("eks-clusters", { clusterNames: all("atlas-dev", "b"), name })).toBe(1);
    expect(await used("buckets", { bucketNames: all("atlas-dev-models-111111111111-us-east-1"), name })).toBe(0);
    expect(await used("iam-roles", { roleCount: () => Promise.resolve(40), name })).toBe(39);
  });
});
