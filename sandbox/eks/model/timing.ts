/**
 * How long, in milliseconds, a resource stays in its transitional state. Real clusters take ten minutes;
 * here only the order of states matters, so the times are just long enough for a client to see them.
 */
export const DURATIONS = {
  cluster: 1500,
  nodegroup: 1000,
  addon: 500,
  identityProvider: 500,
  update: 700,
  /**
   * How long an add-on that runs as a Deployment waits for a node before its creation fails. EKS itself waits
   * 20 minutes; the outcome is the same, and nobody should wait 20 minutes for it here.
   */
  addonReplicas: 60_000,
} as const;
