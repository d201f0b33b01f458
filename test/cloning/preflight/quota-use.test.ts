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
    const pool = (text: string) =>
      planOf(
        ["[g6.xlarge, g6.2xlarge]", "[p5.48xlarge]"],
        ["maxSize: 2", `maxSize: 2\n      capacity: on-demand\n      zones: [us-east-1a]\n      reservation: ${text}`],
      );
    const reservations = all(reservation());
    expect(await used("on-demand-p", { reservations }, pool("{ id: cr-00000001 }"))).toBe(0);
    expect(await used("on-demand-p", { reservations }, pool("{ id: cr-00000002 }"))).toBe(576);
    const group = '{ resourceGroupArn: "arn:aws:resource-groups:us-east-1:111111111111:group/gpus" }';
    expect(await used("on-demand-p", { reservations }, pool(group))).toBe(0);
  });

  test("are not known when AWS does not say what runs", async () => {
    expect(await used("on-demand-p", { instances: denied("ec2:DescribeInstances") })).toBeUndefined();
  });
});

describe("other quotas", () => {
  const tagged = all({ tags: OWN }, { tags: OTHER }, { tags: {} });

  test.each([
    ["vpcs", { vpcs: all({ id: "v", ranges: [], tags: OTHER }, { id: "w", ranges: [], tags: OWN }) }, 1],
    ["internet-gateways", { internetGateways: tagged }, 2],
    ["elastic-ips", { addresses: tagged }, 2],
    ["gateway-endpoints", { gatewayEndpoints: tagged }, 2],
    ["gp3-storage", { gp3Volumes: all({ gib: 2048, tags: OTHER }, { gib: 1024, tags: OWN }) }, 2],
    ["eks-clusters", { clusterNames: all("atlas-dev", "b") }, 2],
    ["buckets", { bucketNames: all("a", "b") }, 2],
    ["iam-roles", { roleCount: () => Promise.resolve(40) }, 40],
    ["interface-endpoints-per-vpc", {}, 0],
    ["kms-keys", {}, undefined],
  ])("%s", async (quota, aws, expected) => {
    expect(await used(quota, aws)).toBe(expected);
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
