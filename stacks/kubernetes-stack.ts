import type { Construct } from "constructs";
import {
  defineKubernetesProviders,
  HELM_PROVIDER_WINDOW,
  type ICluster,
  KUBERNETES_PROVIDER_WINDOW,
} from "../constructs";
import { BaseStack, type BaseStackProps, type Layer } from "./base-stack";
import { tokenEnvironment } from "./deployment-target";

/** What every layer inside the cluster is given. */
export interface KubernetesStackProps extends BaseStackProps {
  /** The cluster of the layers below. */
  readonly cluster: ICluster;
}

/** One layer of one environment inside its cluster: the providers of Kubernetes and Helm, who identify as whoever deploys. */
export abstract class KubernetesStack extends BaseStack {
  constructor(scope: Construct, layer: Layer, props: KubernetesStackProps) {
    super(scope, layer, props);
    const { config, target, cluster } = props;
    const environment = tokenEnvironment(target, config.account, this.node.id);
    defineKubernetesProviders(this, cluster, { region: config.region, environment });
    this.addOverride("terraform.required_providers.kubernetes.version", KUBERNETES_PROVIDER_WINDOW);
    this.addOverride("terraform.required_providers.helm.version", HELM_PROVIDER_WINDOW);
  }
}
