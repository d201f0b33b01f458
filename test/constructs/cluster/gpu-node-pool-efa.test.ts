import { SecurityGroup } from "../../../constructs/network/security-group";
import { GpuNodePool } from "../../../constructs/cluster/gpu-node-pool";
import { importedCluster } from "../../support/cluster";
import { gpuPool, type GpuPoolOptions, gpuPoolProblems, refusedGpuPool, userDataOf } from "../../support/pools";
import { type Synthesized, synthesize } from "../../support/synth";

const ZONES = ["eu-central-1a"];
const P4D: GpuPoolOptions = { instanceTypes: ["p4d.24xlarge"], zones: ZONES, efa: true };

interface Interface {
  readonly network_card_index: number;
  readonly device_index: number;
  readonly interface_type: string;
  readonly security_groups: readonly string[];
}
const interfacesOf = (out: Synthesized) => out.resource("aws_launch_template")["network_interfaces"] as Interface[];
const layoutOf = (out: Synthesized) =>
  interfacesOf(out).map((one) => `${one.network_card_index}/${one.device_index} ${one.interface_type}`);

describe("a pool with EFA", () => {
  const out = gpuPool(P4D);

  test("has an interface on each network card, the first for the node's address too", () => {
    expect(layoutOf(out)).toEqual(["0/0 efa", "1/1 efa-only", "2/1 efa-only", "3/1 efa-only"]);
  });

  test("carries the cluster's group and one of its own on each interface", () => {
    const groups = ["sg-1", "${aws_security_group.Pool_EfaSecurityGroup_13F803D5.id}"];
    expect(interfacesOf(out).map((one) => one.security_groups)).toEqual([groups, groups, groups, groups]);
    expect(out.resource("aws_launch_template")["vpc_security_group_ids"]).toBeUndefined();
  });

  test("lets its nodes talk to one another without limits, out and in, by the group and not by addresses", () => {
    const own = "${aws_security_group.Pool_EfaSecurityGroup_13F803D5.id}";
    const rule = { security_group_id: own, referenced_security_group_id: own, ip_protocol: "-1" };
    expect(out.resource("aws_vpc_security_group_egress_rule")).toMatchObject(rule);
    expect(out.resource("aws_vpc_security_group_ingress_rule")).toMatchObject(rule);
  });

  test("lies side by side in a placement group of its own", () => {
    expect(out.resource("aws_placement_group")).toMatchObject({ name: "atlas-dev-training", strategy: "cluster" });
    expect(out.resource("aws_launch_template")).toMatchObject({
      placement: { group_name: "${aws_placement_group.Pool_PlacementGroup_FC1EE249.name}" },
    });
  });

  test("tells the autoscaler of its interfaces", () => {
    const tag = "k8s.io/cluster-autoscaler/node-template/resources/vpc.amazonaws.com/efa";
    expect(out.resource("aws_eks_node_group")["tags"]).toMatchObject({ [tag]: "4" });
  });

  test("keeps its addresses", () => {
    expect(out.addresses("aws_placement_group")).toEqual({
      "Pool/PlacementGroup": "aws_placement_group.Pool_PlacementGroup_FC1EE249",
    });
  });
});

test.each([
  ["p5.48xlarge", 32],
  ["p5en.48xlarge", 16],
  ["p6-b200.48xlarge", 8],
  ["g6e.48xlarge", 4],
  ["g6.8xlarge", 1],
])("%s has %i interfaces", (type, count) => {
  const layout = layoutOf(gpuPool({ ...P4D, instanceTypes: [type] }));
  expect(layout).toHaveLength(count);
  expect(layout[0]).toBe("0/0 efa");
});

test("a first card without EFA is a normal interface, and EFA begins on the second", () => {
  const layout = layoutOf(gpuPool({ ...P4D, instanceTypes: ["p6-b300.48xlarge"] }));
  expect(layout).toHaveLength(17);
  expect([layout[0], layout[1], layout[16]]).toEqual(["0/0 interface", "1/0 efa-only", "16/0 efa-only"]);
});

test("Bottlerocket sets huge pages aside for it, as the driver does on Amazon Linux", () => {
  const out = gpuPool({ ...P4D, operatingSystem: "bottlerocket" });
  expect(userDataOf(out)).toBe('[settings.kernel.sysctl]\n"vm.nr_hugepages" = "5128"\n');
});

test("fewer interfaces than the type has are the first", () => {
  const out = gpuPool({ ...P4D, efa: { interfaces: 2 } }, (pool) => {
    expect(pool.allocatable).toEqual({ "nvidia.com/gpu": 8, "vpc.amazonaws.com/efa": 2 });
  });
  expect(layoutOf(out)).toEqual(["0/0 efa", "1/1 efa-only"]);
});

describe("the placement group", () => {
  const ID = "cr-0123456789abcdef0";
  const zone = "eu-central-1a";

  test("is the one that is named", () => {
    const out = gpuPool({ ...P4D, efa: { placementGroupName: "research" } });
    expect(out.resource("aws_launch_template")).toMatchObject({ placement: { group_name: "research" } });
    expect(out.resources("aws_placement_group")).toEqual({});
  });

  test("is the one that the reservation was made in", () => {
    const reservation = { reservationId: ID, zone, placementGroupName: "reserved" };
    const out = gpuPool({ ...P4D, capacity: { reservation } });
    expect(out.resource("aws_launch_template")).toMatchObject({ placement: { group_name: "reserved" } });
    expect(out.resources("aws_placement_group")).toEqual({});
  });

  test.each<GpuPoolOptions>([
    { capacity: { reservation: { reservationId: ID, zone } } },
    { capacity: { capacityBlock: { reservationId: ID, zone } } },
  ])("is none with reserved capacity that has none: %j", (options) => {
    const out = gpuPool({ ...P4D, zones: undefined, ...options });
    expect(out.resource("aws_launch_template")["placement"]).toBeUndefined();
    expect(out.resources("aws_placement_group")).toEqual({});
  });
});

test("further security groups stand beside the cluster's, with EFA on every interface", () => {
  const withGroup = (options: GpuPoolOptions) =>
    synthesize((stack) => {
      const group = SecurityGroup.fromSecurityGroupAttributes(stack, "Group", { securityGroupId: "sg-2" });
      const pool = { poolName: "training", instanceTypes: ["p4d.24xlarge"], maxSize: 1, securityGroups: [group] };
      new GpuNodePool(stack, "Pool", { cluster: importedCluster(stack), ...pool, ...options });
    });
  expect(withGroup({}).resource("aws_launch_template")).toMatchObject({ vpc_security_group_ids: ["sg-1", "sg-2"] });
  expect(interfacesOf(withGroup({ zones: ZONES, efa: true }))[3]?.security_groups.slice(0, 2)).toEqual([
    "sg-1",
    "sg-2",
  ]);
});

describe("EFA is refused", () => {
  const ZONE_RULE = "`zones` must name one zone with `efa`: its traffic does not leave the zone";

  test.each<[string, GpuPoolOptions, string]>([
    [
      "on a type without it",
      { ...P4D, instanceTypes: ["g6.xlarge"] },
      '`instanceTypes` must be types with EFA, or `efa` be left out, got ["g6.xlarge"]',
    ],
    ["over all zones", { ...P4D, zones: undefined }, `${ZONE_RULE}, got nothing`],
    [
      "over two zones",
      { ...P4D, zones: ["eu-central-1a", "eu-central-1b"] },
      `${ZONE_RULE}, got ["eu-central-1a","eu-central-1b"]`,
    ],
    [
      "with more interfaces than the type has",
      { ...P4D, efa: { interfaces: 5 } },
      "`efa.interfaces` must be a whole number from 1 to 4, what p4d.24xlarge has, got 5",
    ],
    [
      "with no interface",
      { ...P4D, efa: { interfaces: 0 } },
      "`efa.interfaces` must be a whole number from 1 to 4, what p4d.24xlarge has, got 0",
    ],
    [
      "for types with different cards",
      { ...P4D, instanceTypes: ["g6e.24xlarge", "g6e.48xlarge"] },
      '`instanceTypes` must have the same network cards, since one launch template lists the interfaces, got ["g6e.24xlarge (2 of 2 cards)","g6e.48xlarge (4 of 4 cards)"]',
    ],
  ])("%s", (_name, options, line) => {
    expect(refusedGpuPool(options)).toEqual(gpuPoolProblems(line));
  });

  test("beside more security groups than an interface carries", () => {
    const group = { securityGroupId: "sg-2" } as SecurityGroup;
    const groups = (count: number) => Array.from({ length: count }, () => group);
    expect(Object.keys(gpuPool({ securityGroups: groups(14) }).resources("aws_eks_node_group"))).toHaveLength(1);
    expect(refusedGpuPool({ securityGroups: groups(15) })).toEqual(
      gpuPoolProblems("`securityGroups` must be at most 14, besides the cluster's and EFA's, got 15"),
    );
  });
});
