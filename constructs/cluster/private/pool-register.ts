import type { IConstruct } from "constructs";
import { nearestName } from "../../../catalog";
import { ValidationError } from "../../core/errors";
import type { INodePool } from "../pool";

/** The pools of a cluster, in the order in which they were defined. */
export class PoolRegister {
  private readonly list: INodePool[] = [];

  constructor(private readonly cluster: IConstruct) {}

  get pools(): readonly INodePool[] {
    return [...this.list];
  }

  add(pool: INodePool): void {
    this.list.push(pool);
  }

  /** @throws ValidationError `UNKNOWN_NODE_POOL` */
  find(poolName: string): INodePool {
    const named = this.list.filter((pool) => pool.poolName === poolName);
    const [only] = named;
    if (only !== undefined && named.length === 1) return only;
    const rule = named.length > 1 ? "must be the name of one pool, not of several" : this.unknown(poolName);
    throw new ValidationError("UNKNOWN_NODE_POOL", [{ prop: "poolName", rule, got: poolName }], this.cluster);
  }

  private unknown(poolName: string): string {
    const names = [...new Set(this.list.map((pool) => pool.poolName))];
    const nearest = nearestName(poolName, names);
    const hint = nearest === undefined ? "" : `, did you mean "${nearest}"?`;
    return `must be a pool of the cluster (${names.join(", ") || "it has none"})${hint}`;
  }
}
