import type { Construct } from "constructs";
import { tryFindInstanceType } from "../../../catalog";
import { PropChecks } from "../../core/prop-checks";
import type { NodePoolAttributes } from "../node-pool-attributes";
import { PoolBase } from "./pool-base";
import { efaResources, least, most, type PoolFacts, withoutZeros } from "./pool-facts";

/** What the kind of an imported pool says of it. */
export interface ImportedKind {
  readonly kind: PoolFacts["kind"];
  readonly gpuResource?: string;
  /** Resources of the accelerators of a node, by the number of accelerators. */
  readonly resources?: (accelerators: number) => Readonly<Record<string, number>>;
}

/** A pool that is defined elsewhere. */
export class ImportedPool extends PoolBase {
  readonly nodeGroupName: string;
  readonly nodeGroupArn: string;
  readonly nodeRoleArn: string;
  protected readonly facts: PoolFacts;

  constructor(scope: Construct, id: string, attributes: NodePoolAttributes, kind: ImportedKind) {
    super(scope, id);
    checkAttributes(new PropChecks(this, "INVALID_NODE_POOL_ATTRIBUTES"), attributes);
    this.nodeGroupName = attributes.nodeGroupName;
    this.nodeGroupArn = attributes.nodeGroupArn;
    this.nodeRoleArn = attributes.nodeRoleArn;
    this.facts = importedFacts(attributes, kind);
    attributes.cluster.registerPool(this);
  }
}

function importedFacts(attributes: NodePoolAttributes, { kind, gpuResource, resources }: ImportedKind): PoolFacts {
  const { cluster, poolName, instanceTypes, capacity = "on-demand", operatingSystem = "al2023" } = attributes;
  const { minSize = 0, maxSize, zones, labels = {}, taints = [], efa = false } = attributes;
  const node = (pick: typeof least) =>
    withoutZeros({
      ...resources?.(pick(instanceTypes, (type) => type.accelerator?.count ?? 0)),
      ...efaResources(instanceTypes, efa || undefined, pick),
    });
  return {
    ...{ cluster, kind, gpuResource, poolName, labels, taints, instanceTypes, capacity, operatingSystem },
    ...{ minSize, maxSize, zones, efa },
    allocatable: node(least),
    largestNode: node(most),
  };
}

function checkAttributes(checks: PropChecks, { instanceTypes, minSize = 0, maxSize }: NodePoolAttributes): void {
  checks.require(instanceTypes.length > 0, "instanceTypes", "must name at least one type", instanceTypes);
  const unknown = instanceTypes.filter((name) => tryFindInstanceType(name) === undefined);
  checks.require(unknown.length === 0, "instanceTypes", "must be types of the catalogue", unknown);
  const whole = Number.isInteger(minSize) && minSize >= 0;
  checks.require(whole, "minSize", "must be a whole number, 0 or more", minSize);
  const rule = `must be a whole number, 1 or more, at least \`minSize\` (${minSize})`;
  checks.require(Number.isInteger(maxSize) && maxSize >= Math.max(1, minSize), "maxSize", rule, maxSize);
  checks.throwIfAny();
}
