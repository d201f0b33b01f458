import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { ICluster } from "../cluster/cluster";
import { PropChecks } from "../core/prop-checks";
import type { ContainerDefaults, NamespaceQuota, PodPorts, PodSecurityLevel } from "./namespace-options";
import { checkLabels, checkName, standardLabels } from "./private/metadata";
import { checkContainerDefaults, checkQuota, defineContainerDefaults, defineQuota } from "./private/namespace-limits";
import { checkTraffic, defineDefaultDeny, definePolicy, type Traffic } from "./private/network-policies";

/** A namespace that objects are put into. */
export interface INamespace extends IConstruct {
  /** Name of the namespace, as plain text. */
  readonly namespaceName: string;
  /** The namespace itself, for what must wait until it stands; undefined when it is defined elsewhere. */
  readonly resource: ITerraformDependable | undefined;
  /** What must stand before a pod is put into the namespace: itself, its limits, the network policies defined so far. */
  readonly ready: readonly ITerraformDependable[];
}

/** What a `Namespace` is made of. */
export interface NamespaceProps {
  /** The cluster the namespace is in: its environment labels the namespace, its version dates the security standard. */
  readonly cluster: ICluster;
  /** Name: 1 to 63 lower-case letters, digits and hyphens (a DNS label). */
  readonly name: string;
  /**
   * Who answers for what runs there, kebab-case: the label `flightdeck.dev/team`.
   *
   * @default - no label
   */
  readonly team?: string;
  /**
   * What pods may do to their node. Nothing that `restricted` forbids is needed by normal applications; drivers and agents of
   * nodes need `privileged`. Pods beyond it are refused, workloads that would make such pods are warned of and audited.
   *
   * @default "restricted"
   */
  readonly podSecurityLevel?: PodSecurityLevel;
  /**
   * Kubernetes minor version whose standard holds, such as `1.36`, or `latest`.
   *
   * @default - the version of the cluster
   */
  readonly podSecurityVersion?: string;
  /**
   * What all pods may ask for together.
   *
   * @default - no limits
   */
  readonly quota?: NamespaceQuota;
  /**
   * What containers get that say nothing themselves. `{}`: nothing.
   *
   * @default - requests of 100m CPU and 128Mi memory, so that no pod goes uncounted
   */
  readonly containerDefaults?: ContainerDefaults;
  /**
   * Whether pods may reach everything and be reached from everywhere: no network policy is defined.
   *
   * @default false
   */
  readonly allowAllTraffic?: boolean;
  /**
   * Further labels.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Whether Terraform refuses plans that would destroy or replace the namespace, and with it everything in it, volumes included,
   * while it is defined here. The protection is part of the definition and goes with it: a namespace that is taken out of the
   * configuration is destroyed all the same.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/**
 * A namespace whose pods are held to the restricted security standard, reach nothing but DNS and the credentials of EKS Pod
 * Identity, and are reached by nobody, until the `allow…` methods say so. On EKS the VPC CNI enforces that once its network
 * policies are switched on.
 *
 * @example
 * const tracking = new Namespace(this, "Tracking", { cluster, name: "tracking", team: "ml-platform" });
 * tracking.allowFromNamespace(ingress, { tcp: [5000] });
 * tracking.allowToAddresses("database", [vpc.cidrBlock], { tcp: [5432] });
 */
export class Namespace extends Construct implements INamespace {
  /**
   * A namespace that is defined elsewhere, as `kube-system` is.
   *
   * @throws ValidationError `INVALID_NAMESPACE_NAME`
   */
  static fromNamespaceName(scope: Construct, id: string, namespaceName: string): INamespace {
    return new ImportedNamespace(scope, id, namespaceName);
  }

  readonly namespaceName: string;
  readonly resource: NamespaceV1;
  private readonly prerequisites: ITerraformDependable[];
  private readonly allowAllTraffic: boolean;

  /** @throws ValidationError `INVALID_NAMESPACE_PROPS` */
  constructor(scope: Construct, id: string, props: NamespaceProps) {
    super(scope, id);
    const { name, quota, containerDefaults = CONTAINER_DEFAULTS, allowAllTraffic = false } = props;

    this.validateProps(props, containerDefaults);

    this.namespaceName = name;
    this.allowAllTraffic = allowAllTraffic;
    this.resource = this.defineNamespace(props);
    const target = { scope: this, namespaceName: name, dependsOn: [this.resource] };
    this.prerequisites = [
      this.resource,
      ...defineQuota(target, quota),
      ...defineContainerDefaults(target, containerDefaults),
      ...(allowAllTraffic ? [] : [defineDefaultDeny(target)]),
    ];
  }

  get ready(): readonly ITerraformDependable[] {
    return [...this.prerequisites];
  }

  /**
   * Lets pods of the namespace talk to one another.
   *
   * @throws ValidationError `INVALID_TRAFFIC`
   */
  allowWithin(ports?: PodPorts): void {
    const peer = { podSelector: {} };
    this.allow({ id: "AllowWithin", name: "allow-within", ports, directions: ["Ingress", "Egress"], peers: [peer] });
  }

  /**
   * Lets pods of another namespace reach those of this one.
   *
   * @param ports of pods here; all when left out
   * @throws ValidationError `INVALID_TRAFFIC`
   */
  allowFromNamespace(other: INamespace, ports?: PodPorts): void {
    const { namespaceName } = other;
    const names = { id: `AllowFrom-${namespaceName}`, name: `allow-from-${namespaceName}` };
    this.allow({ ...names, ports, directions: ["Ingress"], peers: [namespacePeer(namespaceName)] });
  }

  /**
   * Lets pods of this namespace reach those of another, which must allow it too.
   *
   * @param ports of pods there; all when left out
   * @throws ValidationError `INVALID_TRAFFIC`
   */
  allowToNamespace(other: INamespace, ports?: PodPorts): void {
    const { namespaceName } = other;
    const names = { id: `AllowTo-${namespaceName}`, name: `allow-to-${namespaceName}` };
    this.allow({ ...names, ports, directions: ["Egress"], peers: [namespacePeer(namespaceName)] });
  }

  /**
   * Lets addresses reach pods: of the network's own, for load balancers with targets of type `ip`, and for the API server, which
   * calls webhooks from the cluster's subnets.
   *
   * @param name of whom the addresses are, kebab-case: part of the policy's name
   * @param cidrs IPv4 ranges
   * @param ports of pods here; all when left out
   * @throws ValidationError `INVALID_TRAFFIC`
   */
  allowFromAddresses(name: string, cidrs: readonly string[], ports?: PodPorts): void {
    const names = { id: `AllowFromAddresses-${name}`, name: `allow-from-${name}-addresses` };
    this.allow({ ...names, peerName: name, cidrs, ports, directions: ["Ingress"], peers: cidrs.map(addressPeer) });
  }

  /**
   * Lets pods reach addresses: databases, endpoints of AWS services, the API server, the internet (`0.0.0.0/0`).
   *
   * @param name of whom the addresses are, kebab-case: part of the policy's name
   * @param cidrs IPv4 ranges
   * @param ports there; all when left out
   * @throws ValidationError `INVALID_TRAFFIC`
   */
  allowToAddresses(name: string, cidrs: readonly string[], ports?: PodPorts): void {
    const names = { id: `AllowToAddresses-${name}`, name: `allow-to-${name}-addresses` };
    this.allow({ ...names, peerName: name, cidrs, ports, directions: ["Egress"], peers: cidrs.map(addressPeer) });
  }

  private allow(traffic: Traffic): void {
    const checks = new PropChecks(this, "INVALID_TRAFFIC");
    checkTraffic(checks, traffic, { allowAllTraffic: this.allowAllTraffic, taken: this.node.tryFindChild(traffic.id) });
    checks.throwIfAny();
    const target = { scope: this, namespaceName: this.namespaceName, dependsOn: [this.resource] };
    this.prerequisites.push(definePolicy(target, traffic));
  }

  private defineNamespace(props: NamespaceProps): NamespaceV1 {
    const { cluster, name, team, podSecurityLevel = "restricted", podSecurityVersion, labels } = props;
    return new NamespaceV1(this, "Resource", {
      metadata: {
        name,
        labels: {
          ...labels,
          ...standardLabels(cluster.identity, team),
          ...podSecurityLabels(podSecurityLevel, podSecurityVersion ?? cluster.version),
        },
      },
      lifecycle: (props.deletionProtection ?? true) ? { preventDestroy: true } : undefined,
    });
  }

  private validateProps(props: NamespaceProps, containerDefaults: ContainerDefaults): void {
    const { name, team, podSecurityVersion, quota, labels } = props;
    const checks = new PropChecks(this, "INVALID_NAMESPACE_PROPS");
    checkName(checks, "name", name);
    const own = "must not be a namespace that every cluster has: use `Namespace.fromNamespaceName`";
    checks.require(name !== "default" && !name.startsWith("kube-"), "name", own, name);
    if (team !== undefined) checkName(checks, "team", team);
    const version = 'must be a Kubernetes minor version such as 1.36, or "latest"';
    const dated = podSecurityVersion === undefined || POD_SECURITY_VERSION.test(podSecurityVersion);
    checks.require(dated, "podSecurityVersion", version, podSecurityVersion);
    checkLabels(checks, "labels", labels ?? {});
    if (quota !== undefined) checkQuota(checks, quota);
    checkContainerDefaults(checks, containerDefaults);
    checks.throwIfAny();
  }
}

class ImportedNamespace extends Construct implements INamespace {
  readonly resource = undefined;
  readonly ready: readonly ITerraformDependable[] = [];

  constructor(
    scope: Construct,
    id: string,
    readonly namespaceName: string,
  ) {
    super(scope, id);
    const checks = new PropChecks(this, "INVALID_NAMESPACE_NAME");
    checkName(checks, "namespaceName", namespaceName);
    checks.throwIfAny();
  }
}

const CONTAINER_DEFAULTS: ContainerDefaults = { cpuRequest: "100m", memoryRequest: "128Mi" };
const POD_SECURITY_VERSION = /^(1\.\d{1,2}|latest)$/;

/** A pod is refused by `enforce` alone; the other two speak up when a Deployment or Job comes whose pods would be refused. */
function podSecurityLabels(level: PodSecurityLevel, version: string): Record<string, string> {
  const dated = version === "latest" ? version : `v${version}`;
  const modes = ["enforce", "audit", "warn"];
  return Object.fromEntries(
    modes.flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, dated],
    ]),
  );
}

/** Kubernetes labels each namespace with its name. */
function namespacePeer(name: string): Traffic["peers"][number] {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } };
}

function addressPeer(cidr: string): Traffic["peers"][number] {
  return { ipBlock: { cidr } };
}
