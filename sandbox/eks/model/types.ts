import type { Lifecycle } from "./lifecycle";

export type Tags = Readonly<Record<string, string>>;

/** Envelope encryption of one kind of resource. */
export interface EncryptionConfig {
  readonly resources: readonly string[];
  readonly provider: { readonly keyArn: string };
}

/** What can change during the life of a cluster. */
export interface ClusterConfig {
  readonly version: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly endpointPublicAccess: boolean;
  readonly endpointPrivateAccess: boolean;
  readonly publicAccessCidrs: readonly string[];
  readonly enabledLogTypes: readonly string[];
  readonly encryptionConfig: readonly EncryptionConfig[];
  readonly authenticationMode: string;
  readonly supportType: string;
  readonly deletionProtection: boolean;
  readonly controlPlaneTier: string;
  readonly loadBalancing: boolean;
  /** Parts of the configuration that are answered as they were asked for. */
  readonly extras: Readonly<Record<string, unknown>>;
}

/** A cluster with everything in it. */
export interface ClusterRecord {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly roleArn: string;
  readonly endpoint: string;
  readonly issuer: string;
  readonly certificateAuthorityData: string;
  readonly vpcId: string;
  readonly clusterSecurityGroupId: string;
  readonly kubernetesNetwork: {
    readonly ipFamily: string;
    readonly serviceIpv4Cidr?: string;
    readonly serviceIpv6Cidr?: string;
  };
  readonly life: Lifecycle<ClusterConfig>;
  tags: Tags;
  /** When the first node group with a node was asked for. */
  firstNodesAt?: number;
  readonly nodegroups: Map<string, NodegroupRecord>;
  readonly addons: Map<string, AddonRecord>;
  /** By principal ARN. */
  readonly accessEntries: Map<string, AccessEntryRecord>;
  /** By association id. */
  readonly podIdentities: Map<string, PodIdentityRecord>;
  readonly identityProviders: Map<string, IdentityProviderRecord>;
  readonly updates: Map<string, UpdateRecord>;
}

export interface ScalingConfig {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredSize: number;
}

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

export interface LaunchTemplateRef {
  readonly id: string;
  readonly name: string;
  readonly version: string;
}

/** What can change during the life of a node group. */
export interface NodegroupConfig {
  readonly scaling: ScalingConfig;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly updateConfig: Readonly<Record<string, unknown>>;
  readonly nodeRepairConfig: Readonly<Record<string, unknown>>;
  readonly warmPoolConfig?: Readonly<Record<string, unknown>>;
  /** Absent with a custom image, as the API has it. */
  readonly version?: string;
  readonly releaseVersion: string;
  readonly launchTemplate?: LaunchTemplateRef;
}

export interface NodegroupRecord {
  readonly name: string;
  readonly arn: string;
  readonly autoScalingGroup: string;
  readonly nodeRole: string;
  readonly subnets: readonly string[];
  readonly amiType: string;
  readonly capacityType: string;
  /** As answered by the API: absent when the launch template holds the type. */
  readonly instanceTypes?: readonly string[];
  /** What the nodes are, wherever it came from. */
  readonly effectiveInstanceTypes: readonly string[];
  /** GiB; absent with a launch template. */
  readonly diskSize?: number;
  readonly remoteAccess?: Readonly<Record<string, unknown>>;
  readonly remoteAccessSecurityGroup?: string;
  readonly life: Lifecycle<NodegroupConfig>;
  tags: Tags;
}

export interface AddonConfig {
  readonly version: string;
  readonly configurationValues?: string;
  readonly serviceAccountRoleArn?: string;
  /** ARNs of the associations that the add-on owns. */
  readonly podIdentityAssociations: readonly string[];
}

export interface AddonRecord {
  readonly name: string;
  readonly arn: string;
  readonly namespace: string;
  readonly life: Lifecycle<AddonConfig>;
  tags: Tags;
}

export interface AssociatedPolicy {
  readonly policyArn: string;
  readonly accessScope: { readonly type: string; readonly namespaces: readonly string[] };
  readonly associatedAt: number;
  readonly modifiedAt: number;
}

export interface AccessEntryRecord {
  readonly principalArn: string;
  readonly arn: string;
  readonly type: string;
  readonly createdAt: number;
  modifiedAt: number;
  username: string;
  kubernetesGroups: readonly string[];
  tags: Tags;
  /** Made by EKS itself for the role of a node group: goes with its last node group. */
  readonly ownedByNodegroups: boolean;
  readonly policies: Map<string, AssociatedPolicy>;
}

export interface PodIdentityRecord {
  readonly id: string;
  readonly arn: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly createdAt: number;
  modifiedAt: number;
  roleArn: string;
  targetRoleArn?: string;
  externalId?: string;
  disableSessionTags: boolean;
  policy?: string;
  tags: Tags;
  /** ARN of the add-on that made it. */
  readonly ownerArn?: string;
}

export interface IdentityProviderRecord {
  readonly name: string;
  readonly arn: string;
  /** As asked for. */
  readonly oidc: Readonly<Record<string, unknown>>;
  readonly life: Lifecycle<undefined>;
  tags: Tags;
}

export interface UpdateRecord {
  readonly id: string;
  readonly type: string;
  readonly params: readonly { readonly type: string; readonly value: string }[];
  readonly createdAt: number;
  readonly doneAt: number;
  readonly nodegroupName?: string;
  readonly addonName?: string;
}
