import type { LaunchTemplateRef, ScalingConfig, Taint } from "./model/types";

/** A cluster as other parts of the sandbox see it. */
export interface ClusterSnapshot {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly version: string;
  readonly endpoint: string;
  readonly issuer: string;
  readonly vpcId: string;
  /** IPv4 range of the services; absent in a cluster of IPv6. */
  readonly serviceCidr?: string;
  readonly authenticationMode: string;
  readonly nodeGroups: readonly NodeGroupSnapshot[];
  readonly addons: readonly AddonSnapshot[];
  readonly accessEntries: readonly AccessEntrySnapshot[];
  readonly podIdentityAssociations: readonly PodIdentitySnapshot[];
}

/** An add-on: which build, and how it is configured. */
export interface AddonSnapshot {
  readonly name: string;
  readonly version: string;
  readonly status: string;
  /** JSON or YAML, as it was given; absent for the defaults. */
  readonly configuration?: string;
}

/** A node group: what its nodes are to be, how many, and how they are marked. */
export interface NodeGroupSnapshot {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly amiType: string;
  readonly capacityType: string;
  readonly instanceTypes: readonly string[];
  readonly scaling: ScalingConfig;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly subnets: readonly string[];
  readonly nodeRole: string;
  /** Kubernetes version; absent with a custom image. */
  readonly version?: string;
  /** Of the image, or the custom image's id. */
  readonly releaseVersion: string;
  readonly launchTemplate?: LaunchTemplateRef;
  /** GiB; absent with a launch template. */
  readonly diskSize?: number;
  /** How many nodes an update may replace at a time: `maxUnavailable` or `maxUnavailablePercentage`. */
  readonly updateConfig: Readonly<Record<string, unknown>>;
}

/** Who may do what in a cluster. */
export interface AccessEntrySnapshot {
  readonly principalArn: string;
  readonly type: string;
  readonly username: string;
  readonly kubernetesGroups: readonly string[];
  readonly policies: readonly { readonly policyArn: string; readonly namespaces: readonly string[] }[];
}

/** Which role a service account has. */
export interface PodIdentitySnapshot {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
}

/** Everything that exists, in all accounts and regions. */
export interface EksSnapshot {
  readonly clusters: readonly ClusterSnapshot[];
}
