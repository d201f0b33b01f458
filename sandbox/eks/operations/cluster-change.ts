import { invalidParameter, invalidRequest, type ErrorSubject } from "../errors";
import { enabledLogTypes, type LoggingInput, type VpcConfigInput } from "../model/new-cluster";
import type { ClusterConfig } from "../model/types";
import type { NewUpdate } from "../model/updates";
import { requireReachableEndpoint } from "../validation/cluster-rules";

/** `UpdateClusterConfigRequest` of the API, as far as the service acts on it. */
export interface UpdateClusterConfigInput {
  readonly name: string;
  readonly resourcesVpcConfig?: VpcConfigInput;
  readonly logging?: LoggingInput;
  readonly accessConfig?: { readonly authenticationMode?: string };
  readonly upgradePolicy?: { readonly supportType?: string };
  readonly zonalShiftConfig?: object;
  readonly computeConfig?: object;
  readonly kubernetesNetworkConfig?: { readonly elasticLoadBalancing?: { readonly enabled?: boolean } };
  readonly storageConfig?: object;
  readonly remoteNetworkConfig?: object;
  readonly deletionProtection?: boolean;
  readonly controlPlaneScalingConfig?: { readonly tier?: string };
}

/** A configuration change, ready to be recorded. */
export interface PlannedChange {
  readonly next: ClusterConfig;
  readonly update: NewUpdate;
}

type Planner = (input: UpdateClusterConfigInput, config: ClusterConfig, subject: ErrorSubject) => PlannedChange;

const AUTO_MODE_FIELDS = ["computeConfig", "kubernetesNetworkConfig", "storageConfig"] as const;

const PLANNERS: Readonly<Record<string, Planner>> = {
  logging: planLogging,
  endpointAccess: planEndpointAccess,
  vpcConfig: planVpcConfig,
  accessConfig: planAccess,
  upgradePolicy: ({ upgradePolicy }, config) => {
    const supportType = upgradePolicy?.supportType ?? config.supportType;
    return plan({ ...config, supportType }, "UpgradePolicyUpdate", { UpgradePolicy: { supportType } });
  },
  zonalShiftConfig: ({ zonalShiftConfig }, config) =>
    plan(withExtras(config, { zonalShiftConfig }), "ZonalShiftConfigUpdate", { ZonalShiftConfig: zonalShiftConfig }),
  remoteNetworkConfig: ({ remoteNetworkConfig }, config) =>
    plan(withExtras(config, { remoteNetworkConfig }), "RemoteNetworkConfigUpdate", {
      RemoteNetworkConfig: remoteNetworkConfig,
    }),
  deletionProtection: ({ deletionProtection }, config) => {
    const wanted = deletionProtection ?? config.deletionProtection;
    return plan({ ...config, deletionProtection: wanted }, "DeletionProtectionUpdate", { DeletionProtection: wanted });
  },
  controlPlaneScalingConfig: ({ controlPlaneScalingConfig }, config) => {
    const tier = controlPlaneScalingConfig?.tier ?? config.controlPlaneTier;
    const params = { UpdatedTier: tier, PreviousTier: config.controlPlaneTier };
    return plan({ ...config, controlPlaneTier: tier }, "ControlPlaneScalingConfigUpdate", params);
  },
  autoMode: planAutoMode,
};

/**
 * Works out what a configuration request changes.
 *
 * @throws EksApiError when it asks for nothing, for several things at once, or for what holds already
 */
export function planClusterChange(input: UpdateClusterConfigInput, config: ClusterConfig): PlannedChange {
  const subject = { clusterName: input.name };
  const kinds = kindsOf(input);
  const [kind] = kinds;
  const planner = kind === undefined ? undefined : PLANNERS[kind];
  if (planner === undefined) throw invalidParameter("The type for cluster update was not provided.", subject);
  if (kinds.length > 1) {
    throw invalidParameter(`Only one type of update can be allowed, got ${kinds.join(", ")}`, subject);
  }
  return planner(input, config, subject);
}

function kindsOf(input: UpdateClusterConfigInput): string[] {
  const { subnetIds, securityGroupIds, ...endpoint } = input.resourcesVpcConfig ?? {};
  const asked: Record<string, boolean> = {
    endpointAccess: Object.values(endpoint).some((value) => value !== undefined),
    vpcConfig: subnetIds !== undefined || securityGroupIds !== undefined,
    autoMode: AUTO_MODE_FIELDS.some((field) => input[field] !== undefined),
  };
  const others = Object.keys(PLANNERS).filter((kind) => kind in input && !(kind in asked));
  return [...Object.keys(asked).filter((kind) => asked[kind]), ...others];
}

function planLogging(input: UpdateClusterConfigInput, config: ClusterConfig, subject: ErrorSubject): PlannedChange {
  const enabled = enabledLogTypes(config.enabledLogTypes, input.logging);
  if (same(enabled, config.enabledLogTypes)) {
    throw invalidParameter("No changes needed for the logging config provided", subject);
  }
  return plan({ ...config, enabledLogTypes: enabled }, "LoggingUpdate", { ClusterLogging: input.logging });
}

function planEndpointAccess(
  { resourcesVpcConfig: vpc = {} }: UpdateClusterConfigInput,
  config: ClusterConfig,
  subject: ErrorSubject,
): PlannedChange {
  const endpointPublicAccess = vpc.endpointPublicAccess ?? config.endpointPublicAccess;
  const endpointPrivateAccess = vpc.endpointPrivateAccess ?? config.endpointPrivateAccess;
  const publicAccessCidrs = vpc.publicAccessCidrs ?? config.publicAccessCidrs;
  requireReachableEndpoint(endpointPublicAccess, endpointPrivateAccess, subject);
  const next = { ...config, endpointPublicAccess, endpointPrivateAccess, publicAccessCidrs };
  if (
    endpointPublicAccess === config.endpointPublicAccess &&
    endpointPrivateAccess === config.endpointPrivateAccess &&
    same(publicAccessCidrs, config.publicAccessCidrs)
  ) {
    throw invalidParameter(
      `Cluster is already at the desired configuration with endpointPrivateAccess: ${endpointPrivateAccess} , endpointPublicAccess: ${endpointPublicAccess}, and Public Endpoint Restrictions: [${publicAccessCidrs.join(", ")}]`,
      subject,
    );
  }
  return plan(next, "EndpointAccessUpdate", {
    EndpointPublicAccess: endpointPublicAccess,
    EndpointPrivateAccess: endpointPrivateAccess,
    PublicAccessCidrs: publicAccessCidrs,
  });
}

function planVpcConfig(
  { resourcesVpcConfig: vpc = {} }: UpdateClusterConfigInput,
  config: ClusterConfig,
  subject: ErrorSubject,
): PlannedChange {
  const subnetIds = vpc.subnetIds ?? config.subnetIds;
  const securityGroupIds = vpc.securityGroupIds ?? config.securityGroupIds;
  if (same(subnetIds, config.subnetIds) && same(securityGroupIds, config.securityGroupIds)) {
    throw invalidParameter("Provided subnets and security groups are already associated with the cluster", subject);
  }
  return plan({ ...config, subnetIds, securityGroupIds }, "VpcConfigUpdate", {
    Subnets: vpc.subnetIds,
    SecurityGroups: vpc.securityGroupIds,
  });
}

const ACCESS_MODES = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];

function planAccess(input: UpdateClusterConfigInput, config: ClusterConfig, subject: ErrorSubject): PlannedChange {
  const wanted = input.accessConfig?.authenticationMode ?? config.authenticationMode;
  const from = config.authenticationMode;
  if (ACCESS_MODES.indexOf(wanted) !== ACCESS_MODES.indexOf(from) + 1) {
    throw invalidRequest(
      `Unsupported authentication mode update from ${from} to ${wanted}: the mode goes from CONFIG_MAP to API_AND_CONFIG_MAP to API, and never back`,
      subject,
    );
  }
  return plan({ ...config, authenticationMode: wanted }, "AccessConfigUpdate", { AuthenticationMode: wanted });
}

function planAutoMode(input: UpdateClusterConfigInput, config: ClusterConfig): PlannedChange {
  const { computeConfig, storageConfig, kubernetesNetworkConfig } = input;
  const loadBalancing = kubernetesNetworkConfig?.elasticLoadBalancing?.enabled ?? config.loadBalancing;
  const next = { ...withExtras(config, { computeConfig, storageConfig }), loadBalancing };
  return plan(next, "AutoModeUpdate", {
    ComputeConfig: computeConfig,
    StorageConfig: storageConfig,
    KubernetesNetworkConfig: kubernetesNetworkConfig,
  });
}

function withExtras(config: ClusterConfig, extras: Record<string, object | undefined>): ClusterConfig {
  const given = Object.fromEntries(Object.entries(extras).filter(([, value]) => value !== undefined));
  return { ...config, extras: { ...config.extras, ...given } };
}

function plan(next: ClusterConfig, type: string, params: Record<string, unknown>): PlannedChange {
  return { next, update: { type, params } };
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && [...a].sort().join("\n") === [...b].sort().join("\n");
}
