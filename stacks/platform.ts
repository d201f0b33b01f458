import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../config";
import { ClusterStack } from "./cluster-stack";
import { ControllersStack } from "./controllers-stack";
import { DataStack } from "./data-stack";
import type { DeploymentTarget } from "./deployment-target";
import { NetworkStack } from "./network-stack";
import { ObservabilityStack } from "./observability-stack";

/** All stacks of one environment. */
export interface Platform {
  /** The network layer; depends on nothing. */
  readonly network: NetworkStack;
  /** The data layer; depends on the network, which database and cache are in. */
  readonly data: DataStack;
  /** The cluster layer; depends on network and data. */
  readonly cluster: ClusterStack;
  /** The controllers layer, where the environment has it; depends on the cluster. */
  readonly controllers: ControllersStack | undefined;
  /** The observability layer, where the environment has it; depends on data and controllers. */
  readonly observability: ObservabilityStack | undefined;
}

/** The layers that will tell metrics of MLflow and of Argo Workflows are not there yet. */
const NOTHING_ABOVE = { tracking: false, workflows: false };

/** Defines all stacks of one environment: the one place where a construct of one stack is handed to another. */
export function definePlatform(app: Construct, config: EnvironmentConfig, target: DeploymentTarget): Platform {
  const network = new NetworkStack(app, { config, target });
  const data = new DataStack(app, { config, target, vpc: network.vpc });
  const cluster = new ClusterStack(app, { config, target, vpc: network.vpc, data });
  // Roles carry the boundary of the network layer by name, which is no reference that would order the layers.
  data.addDependency(network);
  cluster.addDependency(data);
  if (!config.controllers.enabled) return { network, data, cluster, controllers: undefined, observability: undefined };
  const controllers = new ControllersStack(app, {
    ...{ config, target, cluster: cluster.cluster, karpenter: cluster.karpenter },
    ...{ loadBalancers: cluster.loadBalancers, externalSecrets: cluster.externalSecrets },
  });
  controllers.addDependency(cluster);
  if (!config.observability.enabled) return { network, data, cluster, controllers, observability: undefined };
  const observability = new ObservabilityStack(app, {
    ...{ config, target, cluster: cluster.cluster, stores: data.stores, encryptionKey: data.encryptionKey },
    ...{ startedPools: controllers.startedPools, above: NOTHING_ABOVE },
  });
  observability.addDependency(network);
  observability.addDependency(controllers);
  return { network, data, cluster, controllers, observability };
}
