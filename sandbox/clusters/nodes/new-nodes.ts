import type { ClusterSnapshot, NodeGroupSnapshot } from "../../eks";
import type { KubernetesObject } from "../../kubernetes/kubernetes-object";
import type { GroupFacts } from "./group-facts";
import type { InstanceFacts } from "./instance-facts";
import { nodeIdentity } from "./node-identity";
import { nodeObject } from "./node-object";
import { zoneOf } from "./node-plan";
import { maxPodsOf, nodeResources } from "./node-resources";

/** Which nodes to start. */
export interface NewNodesRequest {
  readonly cluster: ClusterSnapshot;
  readonly group: NodeGroupSnapshot;
  readonly facts: GroupFacts;
  /** Nodes of the group that stay. */
  readonly existing: readonly KubernetesObject[];
  /** Names of all nodes of the cluster; the new ones are added. */
  readonly taken: Set<string>;
  readonly count: number;
  /** @returns a number never given before in this cluster */
  readonly nextLaunch: () => number;
}

/** Size of the root disk where neither group nor launch template says one, in GiB. */
const IMAGE_DISK_GIB = 20;
const PREFIX_DELEGATION = /"?ENABLE_PREFIX_DELEGATION"?\s*:\s*"?true/;

/** @returns the Node objects of new instances, spread over the group's zones */
export function newNodes(request: NewNodesRequest): KubernetesObject[] {
  const { group, existing, count } = request;
  const nodes: KubernetesObject[] = [];
  for (let made = 0; made < count; made++) {
    nodes.push(newNode(request, [...existing, ...nodes]));
  }
  return nodes.map((node) => ({ ...node, spec: withoutEmptyTaints(node, group) }));
}

function newNode(request: NewNodesRequest, others: readonly KubernetesObject[]): KubernetesObject {
  const { cluster, group, facts, taken, nextLaunch } = request;
  const type = chooseType(group, facts.types, others);
  const subnet = leastUsed(facts.subnets, (one) => others.filter((node) => zoneOf(node) === one.zone).length);
  const seed = `${cluster.endpoint}/${group.arn}/${nextLaunch()}`;
  const identity = nodeIdentity(seed, subnet, cluster.region, taken);
  taken.add(identity.name);
  const { template } = facts;
  const resources = nodeResources(type, {
    labels: group.labels,
    userData: template.userData,
    bottlerocket: group.amiType.startsWith("BOTTLEROCKET") || /^\[settings/m.test(template.userData),
    efaInterfaces: template.efaInterfaces,
    maxPods: maxPodsOf(facts.types, delegatesPrefixes(cluster)),
    diskGiB: template.diskGiB ?? group.diskSize ?? IMAGE_DISK_GIB,
  });
  return nodeObject({ cluster, group, type, subnet, identity, resources });
}

/**
 * On demand, EKS takes the first type of the list as long as there is capacity, and here there always is; of spot
 * instances it takes what is cheap and plentiful at the time, played by taking each type in turn.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 */
function chooseType(
  group: NodeGroupSnapshot,
  types: readonly InstanceFacts[],
  others: readonly KubernetesObject[],
): InstanceFacts {
  const [first] = types;
  if (group.capacityType !== "SPOT" && first !== undefined) return first;
  const typeOf = ({ metadata }: KubernetesObject) => metadata.labels?.["node.kubernetes.io/instance-type"];
  return leastUsed(types, ({ name }) => others.filter((node) => typeOf(node) === name).length);
}

function leastUsed<T>(all: readonly T[], uses: (one: T) => number): T {
  const [first, ...rest] = all;
  if (first === undefined) throw new RangeError("a node group has an instance type and a subnet");
  return rest.reduce((best, one) => (uses(one) < uses(best) ? one : best), first);
}

function delegatesPrefixes({ addons }: ClusterSnapshot): boolean {
  return addons.some(({ name, configuration = "" }) => name === "vpc-cni" && PREFIX_DELEGATION.test(configuration));
}

/** An empty list is what the API server gives back as none. */
function withoutEmptyTaints(node: KubernetesObject, { taints }: NodeGroupSnapshot): unknown {
  const { taints: given, ...spec } = node["spec"] as Record<string, unknown>;
  return taints.length === 0 ? spec : { ...spec, taints: given };
}
