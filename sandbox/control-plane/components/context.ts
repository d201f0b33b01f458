import type { ControlPlanePrograms } from "../../../toolchain/control-plane";
import type { ControlPlanePaths } from "../control-plane-paths";
import type { PublicKeyInfrastructure } from "../pki/public-key-infrastructure";
import type { Component, Ports } from "../processes/component";

/** Every loopback port of a control plane. */
export const PORT_NAMES = ["api", "etcd", "etcd-peer", "controller-manager", "scheduler", "kwok"] as const;

/** What a port is for. */
export type PortName = (typeof PORT_NAMES)[number];

/** Where the API server asks who a caller is, and what the caller may do. */
export interface WebhookAddresses {
  /** Takes a TokenReview. */
  readonly authenticate: string;
  /** Takes a SubjectAccessReview. */
  readonly authorize: string;
}

/** What the components of one control plane are described from. */
export interface ComponentContext {
  readonly paths: ControlPlanePaths;
  readonly programs: ControlPlanePrograms;
  readonly pki: PublicKeyInfrastructure;
  readonly ports: Ports<PortName>;
  readonly clusterName: string;
  readonly serviceCidr: string;
  readonly serviceAccountIssuer: string;
  readonly webhooks: WebhookAddresses;
}

/** One process of the control plane. */
export type ControlPlaneComponent = Component<PortName>;

/** Address of the API server. */
export function apiServerAddress(ports: Ports<PortName>): string {
  return `https://127.0.0.1:${ports.api}`;
}

/** `--name=value` for each, in order. */
export function flags(values: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}
