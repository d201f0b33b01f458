import type { Construct } from "constructs";
import { type ICluster, type INamespace, Namespace, type PodSecurityLevel } from "../constructs";

/** What the namespaces of a layer have in common. */
export interface NamespacesProps {
  /** The cluster they are in. */
  readonly cluster: ICluster;
  /** Whether Prometheus reads metrics of what runs in them. */
  readonly monitoring: boolean;
  /** Whether Terraform refuses to destroy them. */
  readonly deletionProtection: boolean;
}

/** Namespace of Prometheus and what belongs to it. */
export const MONITORING_NAMESPACE = "monitoring";

/** What a namespace of a controller differs in. */
interface ControllerNamespace {
  readonly name: string;
  readonly podSecurity: PodSecurityLevel;
  /** Ports on which the API server calls the controller. */
  readonly webhookPorts?: readonly number[];
  /** Ports on which it tells its metrics. */
  readonly metricsPorts?: readonly number[];
  /** Ports it must reach anywhere beside HTTPS. */
  readonly furtherPorts?: readonly number[];
  /** Whether it asks databases, queues and metrics of the environment, whichever port they answer at. */
  readonly reachesServices?: boolean;
}

/** What a team's pods may reach in the network, by the roles they have and by what the environment has. */
export interface TeamReach {
  /** Ports on which traces are taken; none: there is nobody who takes them. */
  readonly tracePorts: readonly number[];
  readonly database: boolean;
  readonly cache: boolean;
}

/** Who answers for what runs in the namespaces of controllers. */
const TEAM = "ml-platform";
const HTTPS = 443;
const POSTGRES = 5432;
const REDIS = 6379;
const ANYWHERE = ["0.0.0.0/0"];
/** Private addresses, and those that pods may have beside them. */
const PRIVATE_ADDRESSES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** The namespaces of the layer, each defined when the first asks for it. */
export class Namespaces {
  /** What every cluster has: nothing here decides about it. */
  readonly system: INamespace;
  /** Where Prometheus is; undefined: it reads nothing here. */
  private readonly readers: INamespace | undefined;

  constructor(
    private readonly scope: Construct,
    private readonly props: NamespacesProps,
  ) {
    this.system = Namespace.fromNamespaceName(scope, "SystemNamespace", "kube-system");
    this.readers = props.monitoring
      ? Namespace.fromNamespaceName(scope, "MonitoringNamespaceReference", MONITORING_NAMESPACE)
      : undefined;
  }

  /** A namespace for a controller: it reaches the API server and AWS, and the API server reaches its webhooks. */
  forController(id: string, controller: ControllerNamespace): Namespace {
    const { cluster, deletionProtection } = this.props;
    const { name, podSecurity, webhookPorts = [], metricsPorts = [] } = controller;
    const { furtherPorts = [], reachesServices = false } = controller;
    const namespace = new Namespace(this.scope, id, {
      ...{ cluster, name, deletionProtection, team: TEAM },
      podSecurityLevel: podSecurity,
    });
    namespace.allowWithin();
    namespace.allowToAddresses("https", ANYWHERE, { tcp: [HTTPS, ...furtherPorts] });
    if (reachesServices) namespace.allowToAddresses("services", PRIVATE_ADDRESSES);
    if (webhookPorts.length > 0) {
      namespace.allowFromAddresses("api-server", [cluster.vpc.cidrBlock], { tcp: [...webhookPorts] });
    }
    if (this.readers && metricsPorts.length > 0) {
      namespace.allowFromNamespace(this.readers, { tcp: [...metricsPorts] });
    }
    return namespace;
  }

  /**
   * A namespace for the jobs of a team, which talk to one another, to AWS and to the internet over TLS, and to database and
   * cache where a role of theirs may.
   */
  forTeam(team: string, name: string, { database, cache, tracePorts }: TeamReach): INamespace {
    const { cluster, deletionProtection } = this.props;
    const namespace = new Namespace(this.scope, `TeamNamespace-${name}`, { cluster, name, team, deletionProtection });
    namespace.allowWithin();
    // Which port a job tells its metrics on is the team's choice.
    if (this.readers) namespace.allowFromNamespace(this.readers);
    if (this.readers && tracePorts.length > 0) namespace.allowToNamespace(this.readers, { tcp: [...tracePorts] });
    namespace.allowToAddresses("https", ANYWHERE, { tcp: [HTTPS] });
    const network = [cluster.vpc.cidrBlock];
    if (database) namespace.allowToAddresses("database", network, { tcp: [POSTGRES] });
    if (cache) namespace.allowToAddresses("cache", network, { tcp: [REDIS] });
    return namespace;
  }
}
