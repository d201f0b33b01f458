import type { KubernetesApi } from "../kubernetes/api-client";
import { KubernetesApiError } from "../kubernetes/api-error";

/** What the clusters need of a client of an API server. */
export type KubernetesPort = Pick<
  KubernetesApi,
  "list" | "create" | "apply" | "mergePatch" | "delete" | "request" | "close"
>;

/** @returns whether the API server refused with this HTTP status */
export function refusedWith(error: unknown, status: number): boolean {
  return error instanceof KubernetesApiError && error.status === status;
}
