import type { ITerraformDependable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { imageReference } from "../../catalog";
import type { ICluster } from "../cluster/cluster";
import type { INodePool } from "../cluster/pool";
import { checkPlace } from "../components/replicas";
import { PropChecks } from "../core/prop-checks";
import type { ContainerResources } from "../kubernetes/container-options";
import type { ManifestObject } from "../kubernetes/manifest-object";
import { ManifestSet } from "../kubernetes/manifest-set";
import type { INamespace } from "../kubernetes/namespace";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import { Workload } from "../kubernetes/workload";

/** Where jobs that end before Prometheus could ask them leave their series. */
export interface IPushGateway extends IConstruct {
  /** Its address in the cluster, without a path: `http://push-gateway.monitoring.svc.cluster.local:9091`. */
  readonly url: string;
}

/** An existing push gateway. */
export interface PushGatewayAttributes {
  /** Its address, without a path: `http://<host>:<port>`. */
  readonly url: string;
}

/** What a `PushGateway` is made of. */
export interface PushGatewayProps {
  /** The cluster it runs in. */
  readonly cluster: ICluster;
  /** Its namespace: that of Prometheus, whose pods may reach it, as all pods of the namespace may. */
  readonly namespace: INamespace;
  /**
   * Further namespaces whose pods may push.
   *
   * @default - none
   */
  readonly clients?: readonly INamespace[];
  /**
   * Image, with a tag or a digest.
   *
   * @default - that of the catalogue
   */
  readonly image?: string;
  /**
   * Pool whose nodes it runs on, one without accelerators.
   *
   * @default - any node without taints
   */
  readonly pool?: INodePool;
  /**
   * What it asks for.
   *
   * @default - 20m CPU, 64Mi memory: enough for some hundred models
   */
  readonly resources?: ContainerResources;
  /**
   * What must stand before it: the definitions of the Prometheus operator.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

const NAME = "push-gateway";
const PORT = 9091;
/** Beyond this Prometheus takes none of them: a model with 200 columns, the most there can be, has some 650 series. */
const MOST_SERIES = 200_000;

/**
 * Prometheus' push gateway: keeps the series that jobs push until they push anew, and shows them to Prometheus with the labels
 * they were pushed with.
 *
 * It keeps them in memory. When its pod is replaced they are gone until each job has run again, and alerts on how old they are
 * tell of those that do not. A disk would bring back old numbers as if they were new ones, and tie the pod to a zone.
 *
 * There is one pod: two would each have half of the series. A new version replaces it with a gap of seconds, in which jobs try
 * again.
 *
 * @example
 * const gateway = new PushGateway(this, "PushGateway", { cluster, namespace, dependsOn: prometheus.ready });
 *
 * @see https://github.com/prometheus/pushgateway#readme
 */
export class PushGateway extends Construct implements IPushGateway {
  /** The strictest level its pods run under. */
  static readonly podSecurity: PodSecurityLevel = "restricted";
  /** Port on which it takes series and Prometheus asks for them. */
  static readonly port = PORT;

  /**
   * A push gateway that is defined elsewhere.
   *
   * @throws ValidationError `INVALID_PUSH_GATEWAY_ATTRIBUTES`
   */
  static fromPushGatewayAttributes(scope: Construct, id: string, attributes: PushGatewayAttributes): IPushGateway {
    return new ImportedPushGateway(scope, id, attributes);
  }

  readonly url: string;
  /** What must stand before jobs push and Prometheus asks. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_PUSH_GATEWAY_PROPS` */
  constructor(scope: Construct, id: string, props: PushGatewayProps) {
    super(scope, id);
    const { namespace, clients = [], pool, dependsOn = [] } = props;

    this.validateProps(props);

    const server = this.defineServer(props);
    pool?.place(server);
    const objects = new ManifestSet(this, "Objects", {
      name: NAME,
      namespace: namespace.namespaceName,
      objects: [networkPolicy([namespace, ...clients]), serviceMonitor()],
      dependsOn: [...new Set([...namespace.ready, ...dependsOn])],
    });

    this.url = `http://${server.host ?? NAME}:${PORT}`;
    this.ready = [server.resource, objects.resource];
  }

  private defineServer({ cluster, namespace, image, resources }: PushGatewayProps): Workload {
    const probe = { port: "http", periodSeconds: 10 };
    return new Workload(this, "Server", {
      cluster,
      namespace,
      name: NAME,
      run: { kind: "deployment", replicas: 1, rollout: "recreate" },
      container: {
        image: image ?? imageReference("pushgateway"),
        args: [`--web.listen-address=:${PORT}`, "--log.format=json"],
        ports: { http: PORT },
        readiness: { path: "/-/ready", ...probe },
        liveness: { path: "/-/healthy", ...probe },
        resources: resources ?? { cpu: "20m", memory: "64Mi" },
      },
      // Nodes could be put together at any time of day, and the series would be gone each time.
      movable: false,
    });
  }

  private validateProps(props: PushGatewayProps): void {
    const { namespace, clients = [] } = props;
    const checks = new PropChecks(this, "INVALID_PUSH_GATEWAY_PROPS");
    checkPlace(checks, props);
    const names = [namespace, ...clients].map(({ namespaceName }) => namespaceName);
    names.forEach((name, index) => {
      const place = `clients[${index - 1}]`;
      const rule = "must be a namespace that may not push yet";
      checks.require(names.indexOf(name) === index, place, rule, name);
    });
    checks.throwIfAny();
  }
}

class ImportedPushGateway extends Construct implements IPushGateway {
  readonly url: string;

  constructor(scope: Construct, id: string, { url }: PushGatewayAttributes) {
    super(scope, id);
    new PropChecks(this, "INVALID_PUSH_GATEWAY_ATTRIBUTES")
      .require(ADDRESS.test(url), "url", "must be http:// or https://, a host and at will a port, without a path", url)
      .throwIfAny();
    this.url = url;
  }
}

const ADDRESS = /^https?:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/;
const PODS = { matchLabels: { "app.kubernetes.io/name": NAME } };

/** Whoever can push can silence an alert, so not every pod of the cluster may. */
function networkPolicy(namespaces: readonly INamespace[]): ManifestObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: NAME },
    spec: {
      podSelector: PODS,
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: namespaces.map(({ namespaceName }) => ({
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespaceName } },
          })),
          ports: [{ port: PORT, protocol: "TCP" }],
        },
      ],
    },
  };
}

/** The labels of the pod are not those of the series: with them a new pod would make every series a new one. */
function serviceMonitor(): ManifestObject {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: { name: NAME },
    spec: {
      selector: PODS,
      sampleLimit: MOST_SERIES,
      endpoints: [
        {
          port: "http",
          path: "/metrics",
          honorLabels: true,
          relabelings: [{ action: "labeldrop", regex: "pod|container|endpoint|service" }],
        },
      ],
    },
  };
}
