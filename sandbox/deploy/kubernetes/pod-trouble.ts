import type { KubernetesObject } from "../../kubernetes/kubernetes-object";
import type { ObjectPort } from "./object-port";

interface PodStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  readonly containerStatuses?: readonly {
    readonly name: string;
    readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } };
  }[];
}

/** Why the pods of a workload do not run, in one clause; undefined when they do not say. */
export async function podTrouble(api: ObjectPort, workload: KubernetesObject): Promise<string | undefined> {
  const { selector } = (workload.spec ?? {}) as {
    readonly selector?: { readonly matchLabels?: Record<string, string> };
  };
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  if (labels.length === 0) return undefined;
  const { namespace } = workload.metadata;
  const pods = await api.list("v1", "Pod", { namespace, labelSelector: labels.join(",") }).catch(() => []);
  return pods.map(troubleOf).find((trouble) => trouble !== undefined);
}

function troubleOf({ metadata, status }: KubernetesObject): string | undefined {
  const { conditions = [], containerStatuses = [] } = (status ?? {}) as PodStatus;
  const unscheduled = conditions.find(({ type, status: is }) => type === "PodScheduled" && is === "False");
  if (unscheduled?.message !== undefined) return `pod ${metadata.name} is not scheduled: ${unscheduled.message}`;
  const waiting = containerStatuses.find(({ state }) => state?.waiting?.reason !== undefined);
  return (
    waiting &&
    `pod ${metadata.name}: ${waiting.state?.waiting?.reason ?? ""} ${waiting.state?.waiting?.message ?? ""}`.trim()
  );
}
