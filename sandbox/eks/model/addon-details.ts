import data from "./addon-details.json";

/** What an add-on is and how it runs. */
export interface AddonDetails {
  readonly type: string;
  readonly namespace: string;
  /** Whether it has a Deployment, so that it stays DEGRADED until a node can run its pods. */
  readonly needsNodes: boolean;
  /** Whether its Deployment tolerates nodes kept for critical add-ons, unless it is configured otherwise. */
  readonly toleratesCritical?: boolean;
}

const DETAILS: Readonly<Record<string, AddonDetails>> = data.addons;

export function addonDetails(name: string): AddonDetails {
  return DETAILS[name] ?? { type: "other", namespace: "kube-system", needsNodes: false };
}
