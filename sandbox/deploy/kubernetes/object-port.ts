import type { KubernetesApi } from "../../kubernetes/api-client";

/** What the deploy of objects asks of an API server. */
export type ObjectPort = Pick<KubernetesApi, "get" | "list" | "apply" | "delete" | "namespaced">;

/** Owner of the fields that a deploy writes. */
export const FIELD_MANAGER = "flightdeck";
