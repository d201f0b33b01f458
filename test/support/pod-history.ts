import { request } from "node:https";
import type { ClientRequest, IncomingMessage } from "node:http";
import { KubernetesApi } from "../../sandbox/kubernetes/api-client";
import type { ApiConnection } from "../../sandbox/kubernetes/api-connection";

/** Pods of which the history is written. */
export interface WatchedPods {
  readonly namespace: string;
  readonly labelSelector: string;
}

interface PodState {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

interface PodList {
  readonly items: readonly PodState[];
  readonly metadata: { readonly resourceVersion: string };
}

/** How many pods were ready at each of their changes: the API server's own account of it, in which no moment is missing. */
export class PodHistory {
  /** Ready pods after each change, the first as it was in the beginning. */
  readonly ready: number[] = [];
  private readonly pods = new Map<string, boolean>();

  private constructor(private readonly watch: ClientRequest) {}

  static async begin(connection: ApiConnection, { namespace, labelSelector }: WatchedPods): Promise<PodHistory> {
    const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(labelSelector)}`;
    const api = new KubernetesApi(connection);
    const { items, metadata } = (await api.request("GET", path)) as PodList;
    api.close();
    const watch = openWatch(connection, `${path}&watch=1&resourceVersion=${metadata.resourceVersion}`);
    const history = new PodHistory(watch);
    for (const pod of items) history.pods.set(pod.metadata.name, isReady(pod));
    history.count();
    watch.on("response", (response: IncomingMessage) => history.follow(response));
    return history;
  }

  end(): void {
    this.watch.destroy();
  }

  /** An event is a line. That the watch is cut off at its end is no event. */
  private follow(response: IncomingMessage): void {
    let rest = "";
    response.setEncoding("utf8");
    response.on("error", () => undefined);
    response.on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach((line) => this.take(line));
    });
  }

  private take(line: string): void {
    const { type, object } = JSON.parse(line) as { readonly type: string; readonly object: PodState };
    if (type === "DELETED") this.pods.delete(object.metadata.name);
    else this.pods.set(object.metadata.name, isReady(object));
    this.count();
  }

  private count(): void {
    this.ready.push([...this.pods.values()].filter(Boolean).length);
  }
}

function openWatch({ server, certificateAuthority: ca, identity }: ApiConnection, path: string): ClientRequest {
  const credentials =
    "token" in identity
      ? { headers: { authorization: `Bearer ${identity.token}` } }
      : { cert: identity.certificate, key: identity.key };
  const watch = request(new URL(path, server), { ca, ...credentials });
  // Ended from here only; what it has not seen then is what the test finds missing.
  watch.on("error", () => undefined);
  watch.end();
  return watch;
}

/** One that is being ended no longer counts, as disruption budgets see it. */
function isReady({ metadata, status }: PodState): boolean {
  const conditions = status?.conditions ?? [];
  return (
    metadata.deletionTimestamp === undefined &&
    conditions.some(({ type, status: is }) => type === "Ready" && is === "True")
  );
}
