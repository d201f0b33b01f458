import type { DashboardLink } from "../rule";

/** The service of an alert, in annotations. */
export const SERVICE = "{{ $labels.namespace }}/{{ $labels.model_service }}";

/** The dashboard of the service of an alert. */
export const MODEL_SERVICE_DASHBOARD: DashboardLink = {
  name: "model-service",
  variables: { namespace: "namespace", model_service: "model_service" },
};
