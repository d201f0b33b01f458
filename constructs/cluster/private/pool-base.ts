import { Construct } from "constructs";
import type { Connections } from "../../core/connections";
import type { IPlaceable, Toleration } from "../../core/placement";
import type { INodePool } from "../pool";
import type { Taint } from "../pool-options";
import { most, type PoolFacts } from "./pool-facts";

/** What pools of every kind have in common, defined here or elsewhere. */
export abstract class PoolBase extends Construct implements INodePool {
  abstract readonly nodeGroupName: string;
  abstract readonly nodeGroupArn: string;
  abstract readonly nodeRoleArn: string;
  protected abstract readonly facts: PoolFacts;

  get poolName(): string {
    return this.facts.poolName;
  }

  get labels(): Readonly<Record<string, string>> {
    return this.facts.labels;
  }

  get taints(): readonly Taint[] {
    return this.facts.taints;
  }

  get kind(): PoolFacts["kind"] {
    return this.facts.kind;
  }

  get instanceTypes(): readonly string[] {
    return this.facts.instanceTypes;
  }

  get capacity(): PoolFacts["capacity"] {
    return this.facts.capacity;
  }

  get operatingSystem(): PoolFacts["operatingSystem"] {
    return this.facts.operatingSystem;
  }

  get minSize(): number {
    return this.facts.minSize;
  }

  get maxSize(): number {
    return this.facts.maxSize;
  }

  get zones(): readonly string[] | undefined {
    return this.facts.zones;
  }

  get allocatable(): Readonly<Record<string, number>> {
    return this.facts.allocatable;
  }

  get largestNode(): Readonly<Record<string, number>> {
    return this.facts.largestNode;
  }

  get efa(): boolean {
    return this.facts.efa;
  }

  get connections(): Connections {
    return this.facts.cluster.connections;
  }

  place(target: IPlaceable): void {
    const { poolName, cluster, taints, capacity, gpuResource, largestNode, instanceTypes } = this.facts;
    target.placeOn({
      poolName,
      clusterName: cluster.plainName,
      nodeSelector: { "flightdeck.dev/pool": poolName },
      tolerations: taints.map(tolerationOf),
      spot: capacity === "spot",
      gpuResource,
      largestNode,
      largestVcpu: most(instanceTypes, (type) => type.vcpu),
      largestMemoryMiB: most(instanceTypes, (type) => type.memoryMiB),
    });
  }
}

function tolerationOf({ key, value, effect }: Taint): Toleration {
  return value === undefined ? { key, operator: "Exists", effect } : { key, operator: "Equal", value, effect };
}
