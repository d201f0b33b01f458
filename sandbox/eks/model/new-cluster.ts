import { eksArn, type Place } from "./arns";
import type { IdFactory } from "./ids";
import { begin } from "./lifecycle";
import { DURATIONS } from "./timing";
import type { ClusterConfig, ClusterRecord, EncryptionConfig, Tags } from "./types";

/** Network part of a cluster request. */
export interface VpcConfigInput {
  readonly subnetIds?: readonly string[];
  readonly securityGroupIds?: readonly string[];
  readonly endpointPublicAccess?: boolean;
  readonly endpointPrivateAccess?: boolean;
  readonly publicAccessCidrs?: readonly string[];
}

export interface LoggingInput {
  readonly clusterLogging?: readonly { readonly types?: readonly string[]; readonly enabled?: boolean }[];
}

/** `CreateClusterRequest` of the API, as far as the service acts on it. */
export interface CreateClusterInput {
  readonly name: string;
  readonly version?: string;
  readonly roleArn: string;
  readonly resourcesVpcConfig: VpcConfigInput;
  readonly kubernetesNetworkConfig?: {
    readonly serviceIpv4Cidr?: string;
    readonly ipFamily?: string;
    readonly elasticLoadBalancing?: { readonly enabled?: boolean };
  };
  readonly logging?: LoggingInput;
  readonly encryptionConfig?: readonly EncryptionConfig[];
  readonly accessConfig?: {
    readonly bootstrapClusterCreatorAdminPermissions?: boolean;
    readonly authenticationMode?: string;
  };
  readonly upgradePolicy?: { readonly supportType?: string };
  readonly deletionProtection?: boolean;
  readonly controlPlaneScalingConfig?: { readonly tier?: string };
  readonly zonalShiftConfig?: object;
  readonly remoteNetworkConfig?: object;
  readonly computeConfig?: object;
  readonly storageConfig?: object;
  readonly tags?: Tags;
}

/** What was found and made outside EKS for a new cluster. */
export interface ClusterFacts {
  readonly vpcId: string;
  readonly clusterSecurityGroupId: string;
  readonly serviceIpv4Cidr: string;
  /** Who is to be the first administrator. */
  readonly creatorArn?: string;
}

/** Everything that a new cluster is made of. */
export interface NewCluster {
  readonly place: Place;
  readonly now: number;
  readonly ids: IdFactory;
  readonly input: CreateClusterInput;
  readonly facts: ClusterFacts;
  readonly version: string;
}

/** @returns the record of a cluster that is being created */
export function newCluster({ place, now, ids, input, facts, version }: NewCluster): ClusterRecord {
  const id = ids.hex(32).toUpperCase();
  const ipv6 = input.kubernetesNetworkConfig?.ipFamily === "ipv6";
  return {
    ...place,
    name: input.name,
    arn: eksArn(place, `cluster/${input.name}`),
    roleArn: input.roleArn,
    endpoint: `https://${id}.gr7.${place.region}.eks.amazonaws.com`,
    issuer: `https://oidc.eks.${place.region}.amazonaws.com/id/${id}`,
    certificateAuthorityData: certificateAuthority(ids),
    vpcId: facts.vpcId,
    clusterSecurityGroupId: facts.clusterSecurityGroupId,
    kubernetesNetwork: ipv6
      ? { ipFamily: "ipv6", serviceIpv6Cidr: `fd${ids.hex(2)}:${ids.hex(4)}:${ids.hex(4)}::/108` }
      : { ipFamily: "ipv4", serviceIpv4Cidr: facts.serviceIpv4Cidr },
    life: begin(initialConfig(input, version), now, DURATIONS.cluster),
    tags: input.tags ?? {},
    nodegroups: new Map(),
    addons: new Map(),
    accessEntries: new Map(),
    podIdentities: new Map(),
    identityProviders: new Map(),
    updates: new Map(),
  };
}

function initialConfig(input: CreateClusterInput, version: string): ClusterConfig {
  const vpc = input.resourcesVpcConfig;
  const { zonalShiftConfig, remoteNetworkConfig, computeConfig, storageConfig } = input;
  const extras = { zonalShiftConfig, remoteNetworkConfig, computeConfig, storageConfig };
  return {
    version,
    subnetIds: vpc.subnetIds ?? [],
    securityGroupIds: vpc.securityGroupIds ?? [],
    endpointPublicAccess: vpc.endpointPublicAccess ?? true,
    endpointPrivateAccess: vpc.endpointPrivateAccess ?? false,
    publicAccessCidrs: vpc.publicAccessCidrs ?? ["0.0.0.0/0"],
    enabledLogTypes: enabledLogTypes([], input.logging),
    encryptionConfig: input.encryptionConfig ?? [],
    authenticationMode: input.accessConfig?.authenticationMode ?? "CONFIG_MAP",
    supportType: input.upgradePolicy?.supportType ?? "EXTENDED",
    deletionProtection: input.deletionProtection ?? false,
    controlPlaneTier: input.controlPlaneScalingConfig?.tier ?? "standard",
    loadBalancing: input.kubernetesNetworkConfig?.elasticLoadBalancing?.enabled ?? false,
    extras: Object.fromEntries(Object.entries(extras).filter(([, value]) => value !== undefined)),
  };
}

/** @returns the log types that are on after a logging request, sorted */
export function enabledLogTypes(before: readonly string[], logging: LoggingInput | undefined): string[] {
  const enabled = new Set(before);
  for (const setup of logging?.clusterLogging ?? []) {
    for (const type of setup.types ?? []) {
      if (setup.enabled === true) enabled.add(type);
      else enabled.delete(type);
    }
  }
  return [...enabled].sort();
}

function certificateAuthority(ids: IdFactory): string {
  const body = Buffer.from(ids.hex(64) + ids.hex(64)).toString("base64");
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`).toString("base64");
}
