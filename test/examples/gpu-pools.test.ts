import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ExamplePool, examplePools, exampleText, synthesizeExamples } from "../support/examples";
import type { ResourceJson, Synthesized } from "../support/synth";

const NAMES = examplePools();
const pools = new Map<string, readonly ExamplePool[]>();
let out: Synthesized;

beforeAll(async () => {
  out = await synthesizeExamples(NAMES, (name, added) => pools.set(name, added));
});

const first = (name: string) => pools.get(name)![0]!;
const groupOf = (name: string) => out.resource("aws_eks_node_group", pathOf(name, "Resource"));
const templateOf = (name: string) => out.resource("aws_launch_template", pathOf(name, "LaunchTemplate"));
const pathOf = (name: string, child: string) => `${first(name).node.path.split("/").slice(1).join("/")}/${child}`;
const interfacesOf = (template: ResourceJson) => template["network_interfaces"] as readonly unknown[];

test("there are twenty and more", () => {
  expect(NAMES.length).toBeGreaterThanOrEqual(20);
});

test.each(NAMES)("%s says when to use it, and stands in the table", (name) => {
  const readme = readFileSync(join(__dirname, "../../examples/README.md"), "utf8");
  expect(exampleText(name)).toMatch(/\/\*\*\n \* \w.{40,}/);
  expect(readme).toContain(`| [${name}](gpu-pools/${name}.ts) `);
});

test.each(NAMES)("%s adds a pool that scales up to a stated size, whose costs can be told apart", (name) => {
  for (const pool of pools.get(name)!) {
    const path = pool.node.path.split("/").slice(1).join("/");
    const group = out.resource("aws_eks_node_group", `${path}/Resource`);
    expect(group["node_group_name_prefix"]).toBe(`${pool.poolName}-`);
    expect((group["scaling_config"] as { max_size: number }).max_size).toBeGreaterThan(0);
    expect(Object.keys(pool.allocatable).length).toBeGreaterThan(0);
    const template = out.resource("aws_launch_template", `${path}/LaunchTemplate`);
    expect(template["tag_specifications"]).toContainEqual(
      expect.objectContaining({ tags: expect.objectContaining({ "flightdeck:pool": pool.poolName }) as unknown }),
    );
  }
});

test.each([
  ["training-capacity-block", "CAPACITY_BLOCK", 32],
  ["training-reservation", "ON_DEMAND", 16],
  ["training-multi-node", "ON_DEMAND", 4],
  ["training-shared-reservation", "ON_DEMAND", 8],
  ["neuron-training", "ON_DEMAND", 8],
  ["neuron-capacity-block", "CAPACITY_BLOCK", 16],
])("%s is %s in one zone with %i EFA interfaces", (name, capacity, count) => {
  expect(groupOf(name)).toMatchObject({ capacity_type: capacity, subnet_ids: ["subnet-a"] });
  expect(interfacesOf(templateOf(name))).toHaveLength(count);
  expect(first(name).allocatable).toMatchObject({ "vpc.amazonaws.com/efa": count });
});

test("placement groups are the pool's own, the reservation's, or none", () => {
  expect(templateOf("training-multi-node")["placement"]).toEqual({
    group_name: expect.stringContaining("aws_placement_group.Cluster_TrainingMultiNodePool") as unknown,
  });
  expect(templateOf("training-reservation")["placement"]).toEqual({
    group_name: expect.stringContaining("aws_placement_group.Cluster_TrainingReservation") as unknown,
  });
  expect(templateOf("training-shared-reservation")["placement"]).toEqual({ group_name: "research-b200" });
  expect(templateOf("training-capacity-block")["placement"]).toBeUndefined();
});

test.each([
  ["notebooks-time-sliced", "nvidia.com/gpu.shared", 4],
  ["inference-mps", "nvidia.com/gpu.shared", 6],
  ["mig-a100", "nvidia.com/mig-1g.5gb", 56],
  ["mig-h100", "nvidia.com/mig-3g.40gb", 2],
  ["neuron-serving", "aws.amazon.com/neuron", 1],
  ["llm-serving", "nvidia.com/gpu", 4],
])("pods of %s ask for %s, %i on a node", (name, resource, count) => {
  expect(first(name).resourceName).toBe(resource);
  expect(first(name).allocatable[resource]).toBe(count);
});

test.each([
  ["inference-spot", 4],
  ["preprocessing-scratch", 2],
  ["inference-arm", 2],
])("%s takes spot instances of %i types", (name, types) => {
  expect(groupOf(name)).toMatchObject({ capacity_type: "SPOT" });
  expect(groupOf(name)["instance_types"]).toHaveLength(types);
});

test("inference-fallback is a pair of one GPU, spot and on demand", () => {
  const types = pools.get("inference-fallback")!.map(({ labels }) => labels["flightdeck.dev/capacity"]);
  expect(types).toEqual(["spot", "on-demand"]);
});

test("serving-warm-images starts from a snapshot, blackwell-own-image from an image of its own", () => {
  expect(templateOf("serving-warm-images")["block_device_mappings"]).toMatchObject([
    {},
    { ebs: { snapshot_id: "snap-0123456789abcdef0", volume_size: 300, volume_initialization_rate: 300 } },
  ]);
  expect(templateOf("blackwell-own-image")).toMatchObject({ image_id: "ami-0123456789abcdef0" });
  expect(groupOf("blackwell-own-image")["ami_type"]).toBeUndefined();
});

test("images fit processors and operating systems", () => {
  expect(groupOf("inference-arm")["ami_type"]).toBe("BOTTLEROCKET_ARM_64_NVIDIA");
  expect(groupOf("neuron-serving")["ami_type"]).toBe("AL2023_x86_64_NEURON");
  expect(groupOf("llm-serving")["ami_type"]).toBe("AL2023_x86_64_NVIDIA");
});

test("development-off-hours has two schedules, and Terraform leaves its size alone", () => {
  expect(Object.keys(out.resources("aws_scheduler_schedule"))).toEqual([
    "Cluster/DevelopmentPool/Schedule/Start",
    "Cluster/DevelopmentPool/Schedule/Stop",
  ]);
  expect(groupOf("development-off-hours")["lifecycle"]).toMatchObject({
    ignore_changes: ["scaling_config[0].desired_size", "scaling_config[0].min_size"],
  });
});

test("large-disk, single-zone-volumes and shared-file-system have what their names say", () => {
  expect(templateOf("large-disk")["block_device_mappings"]).toMatchObject([{ ebs: { volume_size: 2048 } }]);
  expect(groupOf("single-zone-volumes")["subnet_ids"]).toEqual(["subnet-a"]);
  expect(templateOf("shared-file-system")["vpc_security_group_ids"]).toHaveLength(2);
});
