/** Users whose reading and counting would be most of the log, and says nothing about who did what. */
const CONTROLLERS = ["system:kube-controller-manager", "system:kube-scheduler", "system:kwok", "system:apiserver"];

/**
 * Who asked for what, when, and with which answer; never what was in a request or an answer, so no Secret and no token
 * can be in it.
 */
export function auditPolicy(): string {
  return JSON.stringify({
    apiVersion: "audit.k8s.io/v1",
    kind: "Policy",
    omitStages: ["RequestReceived"],
    rules: [
      { level: "None", nonResourceURLs: ["/healthz*", "/livez*", "/readyz*", "/version", "/openapi/*", "/api*"] },
      { level: "None", users: CONTROLLERS, verbs: ["get", "list", "watch"] },
      { level: "None", users: CONTROLLERS, resources: [{ group: "", resources: ["events", "nodes/status"] }] },
      {
        level: "None",
        userGroups: ["system:serviceaccounts:kube-system"],
        verbs: ["get", "list", "watch"],
      },
      { level: "Metadata" },
    ],
  });
}
