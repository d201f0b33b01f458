import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { EksCluster } from "../../../constructs/cluster/eks-cluster";
import { GpuNodePool, type GpuNodePoolOptions } from "../../../constructs/cluster/gpu-node-pool";
import { NodePool, type NodePoolOptions } from "../../../constructs/cluster/node-pool";
import { Namespace } from "../../../constructs/kubernetes/namespace";
import { Workload } from "../../../constructs/kubernetes/workload";
import type { GpuRequest, WorkloadOptions } from "../../../constructs/kubernetes/workload-options";
import { importedCluster } from "../../support/cluster";
import { failure, IDENTITY } from "../../support/fixtures";
import { kubernetesStack } from "../../support/kubernetes";
import { synth } from "../../support/synth";

const RESOURCES = { cpu: "1", memory: "1Gi" };
const CONTAINER: WorkloadOptions["container"] = { image: "registry.example.com/trainer:2.1.0", resources: RESOURCES };

/** A cluster with pools, and workloads for it. */
class Scene {
  readonly stack: TerraformStack = kubernetesStack();
  readonly cluster: ICluster = importedCluster(this.stack);

  pool(poolName: string, options: Partial<NodePoolOptions> = {}, cluster: ICluster = this.cluster): NodePool {
    const minimal = { instanceTypes: ["m7i.large", "m7i.2xlarge"], maxSize: 4 };
    return new NodePool(this.stack, `Pool-${poolName}`, { cluster, poolName, ...minimal, ...options });
  }

  gpuPool(poolName: string, options: Partial<GpuNodePoolOptions> = {}): GpuNodePool {
    const minimal = { instanceTypes: ["g6.xlarge", "g6.12xlarge"], maxSize: 4 };
    return new GpuNodePool(this.stack, `Pool-${poolName}`, { cluster: this.cluster, poolName, ...minimal, ...options });
  }

  workload(options: Partial<WorkloadOptions> = {}): Workload {
    return new Workload(this.stack, "Workload", {
      ...{ name: "trainer", run: { kind: "deployment" }, container: CONTAINER, ...options },
      cluster: this.cluster,
      namespace: Namespace.fromNamespaceName(this.stack, "Namespace", "training"),
    });
  }

  /** Specification of the deployment's pods. */
  get pod(): Record<string, unknown> {
    const deployment = synth(this.stack).resource("kubernetes_deployment_v1");
    return (deployment as { spec: { template: { spec: Record<string, unknown> } } }).spec.template.spec;
  }
}

const GPU_TOLERATION = { key: "nvidia.com/gpu", operator: "Equal", value: "true", effect: "NoSchedule" };
const SPOT_TAINT = { key: "capacity", value: "spot", effect: "NoSchedule" } as const;

describe("a workload without a pool", () => {
  test("stays off spot nodes, whoever started them", () => {
    const scene = new Scene();
    scene.workload();
    const matchExpressions = [
      { key: "flightdeck.dev/capacity", operator: "NotIn", values: ["spot"] },
      { key: "eks.amazonaws.com/capacityType", operator: "NotIn", values: ["SPOT"] },
      { key: "karpenter.sh/capacity-type", operator: "NotIn", values: ["spot"] },
    ];
    expect(scene.pod["affinity"]).toEqual({
      node_affinity: {
        required_during_scheduling_ignored_during_execution: {
          node_selector_term: [{ match_expressions: matchExpressions }],
        },
      },
    });
    expect(scene.pod).not.toHaveProperty("toleration");
  });

  test("runs anywhere when it can bear spot nodes", () => {
    const scene = new Scene();
    scene.workload({ spotTolerant: true });
    expect(scene.pod).not.toHaveProperty("affinity");
  });
});

describe("a workload with GPUs", () => {
  test("asks for what the pool calls them, and gets past its taints to its nodes", () => {
    const scene = new Scene();
    scene.workload({ gpus: { pool: scene.gpuPool("training"), count: 4, resource: "nvidia.com/gpu" } });
    const { pod } = scene;
    expect(pod).toMatchObject({
      node_selector: { "flightdeck.dev/pool": "training" },
      toleration: [GPU_TOLERATION],
      container: [{ resources: { requests: { "nvidia.com/gpu": "4" }, limits: { "nvidia.com/gpu": "4" } } }],
    });
    expect(pod).not.toHaveProperty("affinity");
  });

  test("gives one up before it takes another when it is rolled out", () => {
    const scene = new Scene();
    scene.workload({ gpus: { pool: scene.gpuPool("training"), count: 1 } });
    expect(synth(scene.stack).resource("kubernetes_deployment_v1")).toMatchObject({
      spec: { strategy: { rolling_update: { max_surge: "0", max_unavailable: "1" } } },
    });
  });

  test("takes a slice where the pool offers slices, and a share where it offers shares", () => {
    const sliced = new Scene();
    const pool = sliced.gpuPool("sliced", { instanceTypes: ["p4d.24xlarge"], sharing: { mig: { profile: "1g.5gb" } } });
    sliced.workload({ gpus: { pool, count: 2 } });
    expect(sliced.pod).toMatchObject({ container: [{ resources: { limits: { "nvidia.com/mig-1g.5gb": "2" } } }] });

    const shared = new Scene();
    const shares = shared.gpuPool("shared", { sharing: { timeSlicing: { replicas: 4 } } });
    shared.workload({ gpus: { pool: shares, count: 1 } });
    expect(shared.pod).toMatchObject({ container: [{ resources: { limits: { "nvidia.com/gpu.shared": "1" } } }] });
  });

  test("may be placed on its pool once more, which changes nothing", () => {
    const scene = new Scene();
    const pool = scene.gpuPool("training");
    pool.place(scene.workload({ gpus: { pool, count: 1 } }));
    expect(scene.pod["node_selector"]).toEqual({ "flightdeck.dev/pool": "training" });
  });
});

describe("a placed workload", () => {
  test("runs on the nodes of its pool, past their taints", () => {
    const scene = new Scene();
    scene.pool("batch", { taints: [{ key: "workload", effect: "NoExecute" }] }).place(scene.workload());
    expect(scene.pod).toMatchObject({
      node_selector: { "flightdeck.dev/pool": "batch" },
      toleration: [{ key: "workload", operator: "Exists", effect: "NoExecute" }],
    });
    expect(scene.pod).not.toHaveProperty("affinity");
  });

  test("runs on any of several pools", () => {
    const scene = new Scene();
    const workload = scene.workload({ spotTolerant: true });
    scene.pool("steady", { taints: [SPOT_TAINT] }).place(workload);
    scene.pool("cheap", { capacity: "spot", taints: [SPOT_TAINT] }).place(workload);
    const term = (pool: string) => ({
      match_expressions: [{ key: "flightdeck.dev/pool", operator: "In", values: [pool] }],
    });
    expect(scene.pod).toMatchObject({
      affinity: {
        node_affinity: {
          required_during_scheduling_ignored_during_execution: { node_selector_term: [term("steady"), term("cheap")] },
        },
      },
      toleration: [{ ...SPOT_TAINT, operator: "Equal" }],
    });
    expect(scene.pod).not.toHaveProperty("node_selector");
  });

  test("may ask for other resources of the pool", () => {
    const scene = new Scene();
    const pool = scene.gpuPool("training", {
      ...{ instanceTypes: ["p5.48xlarge"], efa: true, zones: ["eu-central-1a"] },
    });
    const container = { ...CONTAINER, resources: { ...RESOURCES, extended: { "vpc.amazonaws.com/efa": 32 } } };
    pool.place(scene.workload({ container }));
    expect(scene.pod).toMatchObject({ container: [{ resources: { limits: { "vpc.amazonaws.com/efa": "32" } } }] });
  });

  test("is needed where a container asks for other resources", () => {
    const scene = new Scene();
    scene.workload({
      container: { ...CONTAINER, resources: { ...RESOURCES, extended: { "vpc.amazonaws.com/efa": 1 } } },
    });
    expect(() => scene.pod).toThrow(
      "[test/Workload] The workload must be placed on a pool, since it asks for vpc.amazonaws.com/efa: call `pool.place(workload)`",
    );
  });
});

describe("GPUs are refused", () => {
  const refused = (request: (scene: Scene) => GpuRequest, options: Partial<WorkloadOptions> = {}) =>
    failure(() => {
      const scene = new Scene();
      scene.workload({ ...options, gpus: request(scene) });
    });

  test.each<[string, (scene: Scene) => GpuRequest, string]>([
    [
      "beyond what any node of the pool has",
      (scene) => ({ pool: scene.gpuPool("training"), count: 8 }),
      "`gpus.count` must be at most 4, what the largest node of pool training has of nvidia.com/gpu, got 8",
    ],
    [
      "by halves",
      (scene) => ({ pool: scene.gpuPool("training"), count: 0.5 }),
      "`gpus.count` must be a whole number, 1 or more, got 0.5",
    ],
    [
      "of a slice that the pool does not offer",
      (scene) => ({ pool: scene.gpuPool("training"), count: 1, resource: "nvidia.com/mig-1g.5gb" }),
      '`gpus.resource` must be the resource that pool training offers (nvidia.com/gpu), got "nvidia.com/mig-1g.5gb"',
    ],
    [
      "of two shares",
      (scene) => ({ pool: scene.gpuPool("shared", { sharing: { mps: { replicas: 4 } } }), count: 2 }),
      "`gpus.count` must be 1 on pool shared, where pods share GPUs: two shares may be of one GPU, got 2",
    ],
    [
      "of a pool that has none",
      (scene) => ({ pool: scene.pool("batch"), count: 1 }),
      '`gpus.pool` must be a pool with NVIDIA GPUs, got "batch"',
    ],
    [
      "of no pool",
      () => ({ count: 1 }) as unknown as GpuRequest,
      "`gpus.pool` must name the pool that has them, got nothing",
    ],
    [
      "on spot nodes for what cannot bear them",
      (scene) => ({ pool: scene.gpuPool("cheap", { capacity: "spot" }), count: 1 }),
      '`gpus.pool` must not be a spot pool, or `spotTolerant` be true: AWS takes its nodes back at two minutes\' notice, got "cheap"',
    ],
  ])("%s", (_name, request, line) => {
    expect(refused(request)).toEqual({ code: "INVALID_WORKLOAD_PROPS", message: `${line}\n  in test/Workload` });
  });

  test("together with all else that is wrong", () => {
    const container = { ...CONTAINER, image: "trainer", resources: { cpu: "64", memory: "1TiB" } };
    const result = refused((scene) => ({ pool: scene.gpuPool("training"), count: 8 }), { container });
    expect(result.message.split("\n")).toEqual([
      '`container.image` must have a tag that is not latest, or a digest `@sha256:…`, so that every pod runs the same, got "trainer"',
      '`container.resources.memory` must be a Kubernetes quantity, 0 or more, such as 500m, 2 or 512Mi, got "1TiB"',
      "`gpus.count` must be at most 4, what the largest node of pool training has of nvidia.com/gpu, got 8",
      '`resources.cpu` must be at most 48 in all containers, what the largest node of pool training has, got "64"',
      "  in test/Workload",
    ]);
  });
});

describe("a placement is refused", () => {
  const EFA = { ...RESOURCES, extended: { "vpc.amazonaws.com/efa": 2 } };

  test.each<[string, Partial<WorkloadOptions>, (scene: Scene) => NodePool | GpuNodePool, string]>([
    [
      "on a spot pool, for what cannot bear it",
      {},
      (scene) => scene.pool("cheap", { capacity: "spot" }),
      '`pool` must not be a spot pool, or `spotTolerant` be true: AWS takes its nodes back at two minutes\' notice, got "cheap"',
    ],
    [
      "on a pool of another cluster",
      {},
      (scene) => {
        const other = EksCluster.fromClusterAttributes(scene.stack, "Other", {
          ...{ identity: IDENTITY, clusterName: "atlas-prod", clusterArn: "arn", version: "1.36" },
          ...{ endpoint: "https://api", certificateAuthorityData: "LS0t", clusterSecurityGroupId: "sg-2" },
          vpc: scene.cluster.vpc,
        });
        return scene.pool("batch", {}, other);
      },
      '`pool` must be a pool of cluster atlas-dev, got "batch of atlas-prod"',
    ],
    [
      "on a pool that lacks a resource",
      { container: { ...CONTAINER, resources: EFA } },
      (scene) => scene.gpuPool("training"),
      '`resources.extended["vpc.amazonaws.com/efa"]` must be a resource that pool training offers (nvidia.com/gpu), got "vpc.amazonaws.com/efa"',
    ],
    [
      "on a pool that has less of a resource",
      { container: { ...CONTAINER, resources: EFA } },
      (scene) => scene.gpuPool("training", { instanceTypes: ["g6.12xlarge"], efa: true, zones: ["eu-central-1a"] }),
      '`resources.extended["vpc.amazonaws.com/efa"]` must be at most 1, what the largest node of pool training has, got 2',
    ],
    [
      "on nodes that are too small for all containers",
      { sidecars: { proxy: { ...CONTAINER, resources: { cpu: "7500m", memory: "32Gi" } } } },
      (scene) => scene.pool("batch"),
      [
        '`resources.cpu` must be at most 8 in all containers, what the largest node of pool batch has, got "8500m"',
        '`resources.memory` must be at most 32Gi in all containers, what the largest node of pool batch has, got "33Gi"',
      ].join("\n"),
    ],
  ])("%s", (_name, options, poolOf, lines) => {
    const scene = new Scene();
    const workload = scene.workload(options);
    const place = () => poolOf(scene).place(workload);
    expect(failure(place)).toEqual({ code: "INVALID_PLACEMENT", message: `${lines}\n  in test/Workload` });
  });

  test("beside the pool of its GPUs", () => {
    const scene = new Scene();
    const workload = scene.workload({ gpus: { pool: scene.gpuPool("training"), count: 1 } });
    expect(failure(() => scene.pool("batch").place(workload)).message).toBe(
      '`pool` must be that of `gpus` (training), which places the workload already, got "batch"\n  in test/Workload',
    );
  });
});
