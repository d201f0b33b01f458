import type { Example } from "../../../policy/engine/rule";
import { gpuCap } from "../../../policy/rules/gpu/gpu-cap";
import { gpuDiskSize } from "../../../policy/rules/gpu/gpu-disk-size";
import { gpuEfaOffered } from "../../../policy/rules/gpu/gpu-efa-offered";
import { gpuEfaPlacement } from "../../../policy/rules/gpu/gpu-efa-placement";
import { gpuEfaSecurityGroup } from "../../../policy/rules/gpu/gpu-efa-security-group";
import { gpuImage } from "../../../policy/rules/gpu/gpu-image";
import { gpuKarpenterTainted } from "../../../policy/rules/gpu/gpu-karpenter-tainted";
import { gpuMigOffered } from "../../../policy/rules/gpu/gpu-mig-offered";
import { gpuNodesTainted } from "../../../policy/rules/gpu/gpu-nodes-tainted";
import { gpuNotAmongCpu } from "../../../policy/rules/gpu/gpu-not-among-cpu";
import { gpuNotTimeSlicedInProd } from "../../../policy/rules/gpu/gpu-not-time-sliced-in-prod";
import { gpuOneDevicePlugin } from "../../../policy/rules/gpu/gpu-one-device-plugin";
import { gpuOneShape } from "../../../policy/rules/gpu/gpu-one-shape";
import { resources, said } from "./private/said";

const group = (about: object): Example =>
  resources({ aws_eks_node_group: { pool: { cluster_name: "atlas", ...about } } });

describe("a GPU node group is told", () => {
  const asked = (about: object): number => said(gpuNodesTainted, group(about)).length;
  const taintMissing = "fail: `taint` must hold nvidia.com/gpu with effect NO_SCHEDULE, got no taint";

  test.each([["g6.xlarge"], ["p3.2xlarge"], ["p9.48xlarge"], ["gr6.4xlarge"], ["g6f.xlarge"]])("by %s", (type) => {
    expect(said(gpuNodesTainted, group({ instance_types: [type] }))).toEqual([taintMissing]);
  });

  test.each([["m7i.large"], ["g4ad.xlarge"], ["inf2.xlarge"], ["trn1.2xlarge"], ["c5.large"]])("not by %s", (type) => {
    expect(asked({ instance_types: [type] })).toBe(0);
  });

  test("by its image where the types are not known", () => {
    const types = { instance_types: "${var.types}" };
    expect(said(gpuNodesTainted, group({ ...types, ami_type: "BOTTLEROCKET_x86_64_NVIDIA" }))).toEqual([taintMissing]);
    expect(asked({ ...types, ami_type: "AL2023_x86_64_STANDARD" })).toBe(0);
  });

  test("by nothing: then it is unknown unless it has the taint", () => {
    const types = { instance_types: "${var.types}" };
    expect(said(gpuNodesTainted, group(types))).toEqual([expect.stringMatching(/^unknown: /)]);
    expect(asked({ ...types, taint: { key: "nvidia.com/gpu", effect: "NO_EXECUTE" } })).toBe(0);
  });

  test("not by EKS's default of a group that names no type", () => {
    expect(asked({})).toBe(0);
  });

  test("by the type of its launch template", () => {
    const template = { aws_launch_template: { gpu: { instance_type: "p5.48xlarge" } } };
    const block = { launch_template: [{ id: "${aws_launch_template.gpu.id}", version: "1" }] };
    expect(said(gpuNodesTainted, resources({ ...template, aws_eks_node_group: { pool: block } }))).toEqual([
      taintMissing,
    ]);
  });
});

test("a group with a taint that dynamic blocks make is unknown", () => {
  const taint = { for_each: "${var.taints}", content: { key: "${taint.value}", effect: "NO_SCHEDULE" } };
  expect(said(gpuNodesTainted, group({ instance_types: ["g6.xlarge"], dynamic: { taint } }))).toEqual([
    expect.stringMatching(/^unknown: /),
  ]);
});

test("a group of CPU and GPU types is one finding, of no other rule", () => {
  const mixed = group({ instance_types: ["m7i.2xlarge", "g6.2xlarge"] });
  expect(said(gpuNotAmongCpu, mixed)).toEqual([
    "fail: `instance_types` must be of one kind, got m7i.2xlarge (cpu), g6.2xlarge (nvidia)",
  ]);
  for (const rule of [gpuNodesTainted, gpuImage, gpuOneShape, gpuDiskSize]) expect(said(rule, mixed)).toEqual([]);
});

describe("the image", () => {
  test("must be the one for the accelerator", () => {
    const neuron = { instance_types: ["inf2.xlarge"] };
    expect(said(gpuImage, group({ ...neuron, ami_type: "AL2023_x86_64_NEURON" }))).toEqual([]);
    expect(said(gpuImage, group({ ...neuron, ami_type: "AL2023_x86_64_NVIDIA" }))).toEqual([
      'fail: `ami_type` must be one for Neuron, got "AL2023_x86_64_NVIDIA"',
    ]);
  });

  test("is unknown when the launch template brings one of its own", () => {
    const example = resources({
      aws_eks_node_group: { pool: { instance_types: ["g6.xlarge"], launch_template: { name: "gpu" } } },
      aws_launch_template: { gpu: { name: "gpu", image_id: "ami-0123456789abcdef0" } },
    });
    expect(said(gpuImage, example)).toEqual([
      "unknown: `ami_type` must be one for NVIDIA GPUs, got nothing: what the image holds is not known here",
    ]);
  });
});

describe("the cap on GPUs", () => {
  const pools = (...pools: readonly (readonly [readonly string[], unknown])[]): Example =>
    resources(
      {
        aws_eks_node_group: Object.fromEntries(
          pools.map(([types, largest], index) => [
            `pool${index}`,
            { instance_types: types, scaling_config: { min_size: 0, max_size: largest } },
          ]),
        ),
      },
      { thresholds: { maxGpus: 16 } },
    );

  test("adds up groups at their largest, each with the type that has most", () => {
    expect(said(gpuCap, pools([["g6.xlarge", "g6.12xlarge"], 2], [["p5.48xlarge"], 1]))).toEqual([]);
    expect(said(gpuCap, pools([["g6.xlarge", "g6.12xlarge"], 2], [["p5.48xlarge"], 2]))).toEqual([
      "fail: the environment must have at most 16 GPUs at its largest, got 24, 16 of them here",
    ]);
  });

  test("counts CPU and Neuron nodes as none", () => {
    expect(said(gpuCap, pools([["m7i.large"], 500], [["trn1.32xlarge"], 500]))).toEqual([]);
  });

  test("is unknown when a part is, unless the rest is too much already", () => {
    expect(said(gpuCap, pools([["g6.xlarge"], "${var.largest}"], [["p5.48xlarge"], 1]))).toEqual([
      "unknown: the environment must have at most 16 GPUs at its largest, got 8 without aws_eks_node_group.pool0",
    ]);
    expect(said(gpuCap, pools([["g6.xlarge"], "${var.largest}"], [["p5.48xlarge"], 3]))).toEqual([
      expect.stringMatching(/^fail: .* got 24, 24 of them here$/),
    ]);
  });

  test("counts Karpenter's node pools by their limit", () => {
    const nodePool = {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: "l4" },
      spec: {
        limits: { "nvidia.com/gpu": "32" },
        template: {
          spec: { requirements: [{ key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["g", "p"] }] },
        },
      },
    };
    expect(said(gpuCap, { objects: [nodePool], thresholds: { maxGpus: 16 } })).toHaveLength(1);
  });
});

describe("Karpenter's node pools", () => {
  const pool = (requirement: object, apiVersion = "karpenter.sh/v1"): readonly string[] =>
    said(gpuKarpenterTainted, {
      objects: [
        {
          apiVersion,
          kind: "NodePool",
          metadata: { name: "a" },
          spec: { template: { spec: { requirements: [requirement] } } },
        },
      ],
    });

  test.each([
    [{ key: "karpenter.k8s.aws/instance-gpu-count", operator: "Gt", values: ["0"] }],
    [{ key: "karpenter.k8s.aws/instance-gpu-manufacturer", operator: "In", values: ["nvidia"] }],
    [{ key: "karpenter.k8s.aws/instance-family", operator: "In", values: ["g6", "p5"] }],
    [{ key: "node.kubernetes.io/instance-type", operator: "In", values: ["g6.xlarge"] }],
  ])("have GPUs by %j", (requirement) => {
    expect(pool(requirement)).toEqual([
      "fail: `spec.template.spec.taints` must hold nvidia.com/gpu with effect NoSchedule",
    ]);
  });

  test.each([
    [{ key: "karpenter.k8s.aws/instance-gpu-count", operator: "DoesNotExist" }],
    [{ key: "karpenter.k8s.aws/instance-gpu-manufacturer", operator: "In", values: ["amd"] }],
    [{ key: "karpenter.k8s.aws/instance-family", operator: "In", values: ["m7i", "g6"] }],
    [{ key: "karpenter.k8s.aws/instance-category", operator: "NotIn", values: ["g"] }],
  ])("have none by %j", (requirement) => {
    expect(pool(requirement)).toEqual([]);
  });

  test("are those of Karpenter, not of something else of the name", () => {
    expect(pool({ key: "karpenter.k8s.aws/instance-gpu-count", operator: "Exists" }, "example.com/v1")).toEqual([]);
  });
});

describe("Elastic Fabric Adapters", () => {
  const train = (count: number, types: readonly string[]): Example =>
    resources({
      aws_eks_node_group: { train: { instance_types: types, launch_template: { name: "train" } } },
      aws_launch_template: {
        train: {
          name: "train",
          network_interfaces: Array.from({ length: count }, (_, index) => ({
            network_card_index: index,
            interface_type: index === 0 ? "efa" : "efa-only",
          })),
        },
      },
    });

  test("must be as many as every type has", () => {
    expect(said(gpuEfaOffered, train(4, ["p4d.24xlarge"]))).toEqual([]);
    expect(said(gpuEfaOffered, train(5, ["p4d.24xlarge", "p5.48xlarge"]))).toEqual([
      "fail: `instance_types` must have 5 Elastic Fabric Adapters, as the launch template asks, got p4d.24xlarge with 4",
    ]);
  });

  test("are only interfaces of their type", () => {
    const plain = { network_interfaces: [{ associate_public_ip_address: false }, { interface_type: "interface" }] };
    expect(said(gpuEfaPlacement, resources({ aws_launch_template: { nodes: plain } }))).toEqual([]);
  });

  test("need no placement group in a Capacity Block", () => {
    const block = {
      network_interfaces: { interface_type: "efa" },
      instance_market_options: { market_type: "capacity-block" },
    };
    expect(said(gpuEfaPlacement, resources({ aws_launch_template: { nodes: block } }))).toEqual([]);
  });
});

describe("the security group of adapters", () => {
  const reference = "${aws_security_group.efa.id}";
  const template = (groups: readonly string[]): Record<string, Record<string, Record<string, unknown>>> => ({
    aws_launch_template: { train: { network_interfaces: [{ interface_type: "efa", security_groups: groups }] } },
    aws_security_group: { efa: { name: "efa" } },
    aws_eks_cluster: { main: { name: "atlas" } },
  });

  test("may allow itself by rules beside it, of either kind", () => {
    const rule = { security_group_id: reference, ip_protocol: "-1", referenced_security_group_id: reference };
    const old = { security_group_id: reference, protocol: "all", self: true };
    expect(
      said(
        gpuEfaSecurityGroup,
        resources({
          ...template([reference]),
          aws_vpc_security_group_ingress_rule: { self: rule },
          aws_security_group_rule: { self: { ...old, type: "egress" } },
        }),
      ),
    ).toEqual([]);
  });

  test("must allow itself in both directions, and all of it", () => {
    const rule = { security_group_id: reference, ip_protocol: "-1", referenced_security_group_id: reference };
    const message = /^fail: `network_interfaces\[0\]\.security_groups` must hold a group that allows all traffic/;
    const ingress = { aws_vpc_security_group_ingress_rule: { self: rule } };
    const tcp = { aws_vpc_security_group_egress_rule: { self: { ...rule, ip_protocol: "tcp" } } };
    expect(said(gpuEfaSecurityGroup, resources({ ...template([reference]), ...ingress }))).toEqual([
      expect.stringMatching(message),
    ]);
    expect(said(gpuEfaSecurityGroup, resources({ ...template([reference]), ...ingress, ...tcp }))).toHaveLength(1);
  });

  test("may be EKS's own of the cluster", () => {
    const own = "${aws_eks_cluster.main.vpc_config[0].cluster_security_group_id}";
    expect(said(gpuEfaSecurityGroup, resources(template([own])))).toEqual([]);
  });
});

describe("instances of GPUs", () => {
  const mig = (types: readonly string[], config: string): readonly string[] =>
    said(gpuMigOffered, group({ instance_types: types, labels: { "nvidia.com/mig.config": config } }));

  test("are no question where the GPUs stay whole", () => {
    expect(mig(["g6.xlarge"], "all-disabled")).toEqual([]);
  });

  test("must be of a profile that the very GPU has, and say which it has", () => {
    expect(mig(["p4d.24xlarge"], "all-1g.5gb")).toEqual([]);
    expect(mig(["p4de.24xlarge"], "all-1g.5gb")).toEqual([
      'fail: the label nvidia.com/mig.config must fit the GPUs, got "all-1g.5gb" on p4de.24xlarge, which has 1g.10gb, 1g.20gb, 2g.20gb, 3g.40gb, 4g.40gb, 7g.80gb',
    ]);
  });

  test("may be one of NVIDIA's mixtures, but not on GPUs that cannot be cut", () => {
    expect(mig(["p5.48xlarge"], "all-balanced")).toEqual([]);
    expect(mig(["g5.xlarge"], "all-balanced")).toEqual([
      'fail: the label nvidia.com/mig.config must fit the GPUs, got "all-balanced" on g5.xlarge, whose GPUs cannot be cut',
    ]);
  });
});

describe("the disk of GPU nodes", () => {
  const disk = (template: object, type = "p5.48xlarge"): readonly string[] =>
    said(
      gpuDiskSize,
      resources({
        aws_eks_node_group: { pool: { instance_types: [type], launch_template: { name: "gpu" } } },
        aws_launch_template: { gpu: { name: "gpu", ...template } },
      }),
    );
  const message = (size: number): string => `fail: the disk of GPU nodes must have at least 100 GiB, got ${size}`;

  test("is the largest one", () => {
    const mappings = [{ ebs: { volume_size: 4 } }, { ebs: { volume_size: "300" } }];
    expect(disk({ block_device_mappings: mappings })).toEqual([]);
  });

  test("is EKS's 20 GiB where none is stated", () => {
    expect(disk({})).toEqual([message(20)]);
    expect(said(gpuDiskSize, group({ instance_types: ["g6.xlarge"] }))).toEqual([message(20)]);
    expect(said(gpuDiskSize, group({ instance_types: ["g6.xlarge"], disk_size: 120 }))).toEqual([]);
  });

  test("may be small where containers lie on the instance's own disks", () => {
    const userData = Buffer.from("spec: {instance: {localStorage: {strategy: RAID0}}}").toString("base64");
    expect(disk({ user_data: userData })).toEqual([]);
    expect(disk({ user_data: userData }, "p3.2xlarge")).toEqual([message(20)]);
  });
});

describe("the device plugin", () => {
  const operator = (values: string): object => ({ chart: "nvidia/gpu-operator", values: [values] });
  const daemonSet = (name: string): Readonly<Record<string, unknown>> => ({
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name, namespace: "kube-system" },
    spec: { template: { spec: { containers: [{ name, image: "nvcr.io/nvidia/k8s-device-plugin:v0.20.0" }] } } },
  });
  const example = (
    releases: Readonly<Record<string, object>>,
    ...objects: readonly Readonly<Record<string, unknown>>[]
  ): Example => resources({ helm_release: releases as Record<string, Record<string, unknown>> }, { objects });

  test("is the operator's by default", () => {
    expect(said(gpuOneDevicePlugin, example({ a: operator("{}"), b: { chart: "nvidia-device-plugin" } }))).toHaveLength(
      1,
    );
    expect(said(gpuOneDevicePlugin, example({ a: operator("{}") }))).toEqual([]);
  });

  test("is left out of the operator by values in YAML or by `set`", () => {
    const off = { ...operator("{}"), set: [{ name: "devicePlugin.enabled", value: "false" }] };
    const plugin = { chart: "nvidia-device-plugin" };
    expect(said(gpuOneDevicePlugin, example({ a: operator("devicePlugin:\n  enabled: false\n"), b: plugin }))).toEqual(
      [],
    );
    expect(said(gpuOneDevicePlugin, example({ a: off, b: plugin }))).toEqual([]);
  });

  test("may come as a DaemonSet, whose second one is a fault", () => {
    expect(said(gpuOneDevicePlugin, example({}, daemonSet("one")))).toEqual([]);
    expect(said(gpuOneDevicePlugin, example({}, daemonSet("one"), daemonSet("two")))).toEqual([
      "fail: the device plugin must have one owner, and DaemonSet/kube-system/one installs it too",
    ]);
  });

  test("shares every pool's GPUs when its default does", () => {
    const shared =
      "version: v1\nsharing:\n  timeSlicing:\n    resources:\n      - {name: nvidia.com/gpu, replicas: 4}\n";
    const values = JSON.stringify({ config: { map: { shared, whole: "version: v1" }, default: "shared" } });
    const sliced = (labels: object): readonly string[] =>
      said(
        gpuNotTimeSlicedInProd,
        resources({
          aws_eks_node_group: { pool: { instance_types: ["g6.xlarge"], labels } },
          helm_release: { plugin: { chart: "nvidia-device-plugin", values: [values] } },
        }),
      );
    expect(sliced({})).toEqual(["fail: GPUs must not be time-sliced in production, got the device plugin's default"]);
    expect(sliced({ "nvidia.com/device-plugin.config": "whole" })).toEqual([]);
    expect(sliced({ "nvidia.com/device-plugin.config": "lost" })).toEqual([
      'unknown: GPUs must not be time-sliced in production, and what "lost" does is not known',
    ]);
  });
});
