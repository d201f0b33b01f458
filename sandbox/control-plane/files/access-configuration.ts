/** Paths that anybody on this machine may ask: whether the server lives, nothing about what it holds. */
const HEALTH = ["/livez", "/readyz", "/healthz"];

/** Nobody is anonymous but whoever asks for the server's health. */
export function authenticationConfiguration(): string {
  return JSON.stringify({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "AuthenticationConfiguration",
    anonymous: { enabled: true, conditions: HEALTH.map((path) => ({ path })) },
  });
}

/**
 * Nodes, then RBAC, then what EKS's access policies say: those allow, and never take away.
 *
 * The webhook is not asked about users that Kubernetes itself names: EKS lets no access entry have such a name.
 *
 * @param kubeconfig path of the file that names the webhook
 */
export function authorizationConfiguration(kubeconfig: string): string {
  return JSON.stringify({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "AuthorizationConfiguration",
    authorizers: [
      { type: "Node", name: "node" },
      { type: "RBAC", name: "rbac" },
      {
        type: "Webhook",
        name: "access-policies",
        webhook: {
          timeout: "5s",
          // A changed access entry counts at once as far as a person can tell, as in EKS.
          authorizedTTL: "5s",
          unauthorizedTTL: "5s",
          subjectAccessReviewVersion: "v1",
          matchConditionSubjectAccessReviewVersion: "v1",
          failurePolicy: "NoOpinion",
          connectionInfo: { type: "KubeConfigFile", kubeConfigFile: kubeconfig },
          matchConditions: [{ expression: "!request.user.startsWith('system:')" }],
        },
      },
    ],
  });
}
