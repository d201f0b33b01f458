import type { EksRequest, EksResponse } from "../eks/contract";
import type { ClusterState } from "./cluster-health";

/** What a cluster's answers have to say of its control plane. */
export interface ClusterFacts {
  readonly state: ClusterState;
  /** Where the API server answers, or answered last; undefined as long as it never has. */
  readonly server?: { readonly endpoint: string; readonly certificateAuthority: string };
  /** Why there is none. */
  readonly reason?: string;
}

interface ClusterView {
  readonly name: string;
  readonly status: string;
  readonly endpoint?: string;
}

/**
 * Completes an answer of the EKS service with what is true at the time: a cluster is CREATING until its API server is
 * ready, FAILED when that does not start, and has the API server's endpoint and authority from then on. The service
 * itself knows nothing of it, so that a replay gives the same state.
 *
 * @param factsOf undefined for clusters without anything to say
 */
export function completeAnswer(
  request: Pick<EksRequest, "account" | "region">,
  response: EksResponse,
  factsOf: (place: { account: string; region: string; name: string }) => ClusterFacts | undefined,
): EksResponse {
  const { cluster } = (response.body ?? {}) as { readonly cluster?: ClusterView };
  if (response.status !== 200 || cluster?.status === undefined) return response;
  const { account, region } = request;
  const facts = factsOf({ account, region, name: cluster.name });
  if (facts === undefined || facts.state === "no programs") return response;
  return { ...response, body: { ...(response.body as object), cluster: completed(cluster, facts) } };
}

function completed(cluster: ClusterView, { state, server, reason }: ClusterFacts): object {
  if (server !== undefined) return cluster.endpoint === undefined ? cluster : withServer(cluster, server);
  if (cluster.status === "DELETING") return cluster;
  const unborn = withoutServer(cluster);
  if (state !== "failed") return { ...unborn, status: "CREATING" };
  const issue = { code: "InternalFailure", message: `The control plane does not start: ${reason}`, resourceIds: [] };
  return { ...unborn, status: "FAILED", health: { issues: [issue] } };
}

function withServer(cluster: ClusterView, server: NonNullable<ClusterFacts["server"]>): object {
  const data = Buffer.from(server.certificateAuthority).toString("base64");
  return { ...cluster, endpoint: server.endpoint, certificateAuthority: { data } };
}

/** A cluster has none of these before it is active. */
function withoutServer(cluster: ClusterView): object {
  const { endpoint: _endpoint, ...rest } = cluster;
  const { certificateAuthority: _authority, identity: _identity, ...left } = rest as Record<string, unknown>;
  return left;
}
