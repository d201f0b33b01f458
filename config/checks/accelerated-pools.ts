import { tryFindInstanceType, type InstanceType } from "../../catalog";
import type { Draft, Finding } from "../draft";
import type { GpuPoolConfig, NeuronPoolConfig } from "../environment-config";
import type { ValuePath } from "../value-path";
import { isKnown } from "../wording";
import type { NamedPool } from "./pools";

type AcceleratedPool = Draft<GpuPoolConfig> | Draft<NeuronPoolConfig>;

/** CUDA MPS takes so many clients on one GPU. @see https://docs.nvidia.com/deploy/mps/index.html */
const MOST_MPS_CLIENTS = 48;

/** Reserved capacity, network adapters, local disks and sharing of pools with accelerators. */
export function* checkAcceleratedPool({ kind, path, pool }: NamedPool): Generator<Finding> {
  if (kind === "cpu") return;
  const accelerated: AcceleratedPool = pool;
  const types = (pool.instanceTypes ?? []).filter(isKnown).map(tryFindInstanceType).filter(isKnown);
  yield* checkCapacity(path, accelerated);
  yield* checkCapacityBlock(path, accelerated);
  yield* checkEfa(path, accelerated, types);
  yield* checkLocalStorage(path, accelerated, types);
  if (kind === "gpu") yield* checkSharing([...path, "sharing"], (pool as Draft<GpuPoolConfig>).sharing);
}

function* checkCapacity(path: ValuePath, pool: AcceleratedPool): Generator<Finding> {
  const { reservation, capacityBlock, capacity } = pool;
  if (reservation !== undefined && capacityBlock !== undefined) {
    const rule = "must be left out where capacityBlock is given: a pool has one kind of capacity";
    yield { path: [...path, "reservation"], rule };
  }
  const reserved =
    reservation !== undefined ? "reservation" : capacityBlock !== undefined ? "capacityBlock" : undefined;
  if (reserved !== undefined && capacity === "spot") {
    yield { path: [...path, "capacity"], rule: `must be on-demand where ${reserved} is given`, got: capacity };
  }
  if (reservation === undefined) return;
  if (Object.keys(reservation).length !== 1) {
    yield { path: [...path, "reservation"], rule: "must name either id or resourceGroupArn" };
  }
}

/** A capacity block is one instance type in one zone, for as long as it was bought. */
function* checkCapacityBlock(path: ValuePath, pool: AcceleratedPool): Generator<Finding> {
  if (pool.capacityBlock === undefined) return;
  const { zones, instanceTypes = [] } = pool;
  if (zones?.length !== 1) {
    yield { path: [...path, "zones"], rule: "must name the one zone of the capacity block", got: zones };
  }
  if (instanceTypes.length > 1) {
    const rule = "must name one type, that of the capacity block";
    yield { path: [...path, "instanceTypes"], rule, got: instanceTypes };
  }
  if (pool.offHours !== undefined) {
    const rule = "must be left out where capacityBlock is given: EKS empties the pool when the block ends";
    yield { path: [...path, "offHours"], rule };
  }
}

function* checkEfa(path: ValuePath, pool: AcceleratedPool, types: readonly InstanceType[]): Generator<Finding> {
  if (pool.efa !== true) return;
  const without = types.filter(({ efaInterfaces }) => efaInterfaces === 0).map(({ name }) => name);
  if (without.length > 0) {
    const rule = "must be false, or all instance types must have EFA";
    yield { path: [...path, "efa"], rule, got: true, allowed: `not with ${without.join(", ")}` };
  }
  if (pool.zones?.length !== 1) {
    yield { path: [...path, "zones"], rule: "must name one zone where efa is true", got: pool.zones };
  }
}

function* checkLocalStorage(
  path: ValuePath,
  pool: AcceleratedPool,
  types: readonly InstanceType[],
): Generator<Finding> {
  if (pool.localStorage !== "raid0") return;
  const without = types.filter(({ nvmeGB }) => nvmeGB === 0).map(({ name }) => name);
  if (without.length === 0) return;
  const rule = "must be none, or all instance types must have NVMe disks";
  yield { path: [...path, "localStorage"], rule, got: "raid0", allowed: `not with ${without.join(", ")}` };
}

function* checkSharing(path: ValuePath, sharing: Draft<GpuPoolConfig>["sharing"]): Generator<Finding> {
  if (sharing === undefined) return;
  const { timeSlicing, mps, mig } = sharing;
  const ways = [timeSlicing, mps, mig].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    yield { path, rule: "must be one way of sharing", got: Object.keys(sharing), allowed: "timeSlicing, mps or mig" };
  }
  if (timeSlicing?.replicas !== undefined && timeSlicing.replicas < 2) {
    yield { path: [...path, "timeSlicing", "replicas"], rule: "must be at least 2", got: timeSlicing.replicas };
  }
  if (mps?.replicas !== undefined && (mps.replicas < 2 || mps.replicas > MOST_MPS_CLIENTS)) {
    yield { path: [...path, "mps", "replicas"], rule: `must be 2 to ${MOST_MPS_CLIENTS}`, got: mps.replicas };
  }
}
