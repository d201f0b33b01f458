import type { Block, Complement } from "../mutants/mutant";

const QUEUE = "kueue.x-k8s.io/queue-name";
const DIGEST = `sha256:${"0a1b2c3d".repeat(8)}`;

/** A Job that asks for GPUs of a pool. */
function training(
  name: string,
  namespace: string,
  given: { labels: Block; pool: string; gpus: number; taint?: Block },
): Block {
  const { labels, pool, gpus, taint } = given;
  const container = {
    name: "trainer",
    image: `333333333333.dkr.ecr.us-east-1.amazonaws.com/atlas/trainer:2.1.0@${DIGEST}`,
    resources: {
      requests: { memory: "32Gi", "nvidia.com/gpu": gpus },
      limits: { cpu: "8", memory: "32Gi", "nvidia.com/gpu": gpus },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  };
  const spec = {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    priorityClassName: "training",
    securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
    nodeSelector: { "flightdeck.dev/pool": pool },
    tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }, ...(taint ? [taint] : [])],
    containers: [container],
  };
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name, namespace, labels },
    spec: { backoffLimit: 2, activeDeadlineSeconds: 86_400, template: { metadata: { labels: { app: name } }, spec } },
  };
}

/** A training that waits in the queue of its team, and an evaluation that is bounded by a quota and a deadline. */
export const compliant: Complement = {
  objects: [
    training("finetune", "training", {
      labels: { [QUEUE]: "ranking" },
      pool: "h100",
      gpus: 8,
      taint: { key: "workload", operator: "Equal", value: "training", effect: "NoSchedule" },
    }),
    training("evaluate", "inference", { labels: {}, pool: "l40s", gpus: 1 }),
  ],
};
