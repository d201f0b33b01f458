import type { TerraformJson } from "../../../engine/rule";
import { deployment } from "../../k8s/private/example-objects";

type Fields = Readonly<Record<string, unknown>>;

/** A stack with one node group of a GPU type, tainted and labelled as usual, for examples. */
export function gpuPool(group: Fields = {}): TerraformJson {
  return stackOf({
    instance_types: ["g6e.2xlarge"],
    labels: { pool: "l40s" },
    taint: [{ key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" }],
    ...group,
  });
}

/** A stack with one node group without GPUs, for examples. */
export function cpuPool(group: Fields = {}): TerraformJson {
  return stackOf({ instance_types: ["m7i.2xlarge"], labels: { pool: "services" }, ...group });
}

/** A Deployment whose pods ask for GPUs, tolerate the usual taint and name the pool `l40s`, for examples. */
export function gpuPod(pod: Fields = {}, gpus: unknown = 1): Fields {
  return deployment({
    container: { ports: [{ containerPort: 8000 }], resources: { limits: { "nvidia.com/gpu": gpus } } },
    pod: {
      nodeSelector: { pool: "l40s" },
      tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
      ...pod,
    },
  });
}

function stackOf(group: Fields): TerraformJson {
  return { resource: { aws_eks_node_group: { pool: { node_group_name: "pool", ...group } } } };
}
