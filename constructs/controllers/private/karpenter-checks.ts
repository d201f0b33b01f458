import { type InstanceType, instanceTypes, isNvidiaGpu, missingDriver, nearestName } from "../../../catalog";
import type { ICluster } from "../../cluster/cluster";
import { checkLabels, checkTaints } from "../../cluster/private/label-checks";
import type { PropChecks } from "../../core/prop-checks";
import { POOL_TAG } from "../../core/tags";
import type { KarpenterBudget, KarpenterLimits, ReservationTerm } from "../karpenter-node-pool-options";
import { isOf, type KarpenterPoolSettings } from "./karpenter-settings";

const KEBAB_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** As long as the names of node groups: both become the same label. */
const LONGEST_POOL_NAME = 36;
const LARGEST_DISK_GIB = 16384;
const RELEASES = { al2023: /^v\d{8}$/, bottlerocket: /^v\d+\.\d+\.\d+$/ };
const CAPACITIES = ["on-demand", "spot", "reserved"];
const RESERVATION_ID = /^cr-([0-9a-f]{8}|[0-9a-f]{17})$/;
const TIME = /^(\d+(s|m|h))+$/;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
const SHORTEST_LIFE_SECONDS = 3600;
const BUDGET_TIME = /^(\d+h(\d+m)?|\d+m)$/;
const BUDGET_NODES = /^((100|\d{1,2})%|\d+)$/;
const CRON = /^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|\S+( \S+){4})$/;
/** Karpenter refuses labels of these domains but its own. @see https://karpenter.sh/v1.14/concepts/scheduling/ */
const KARPENTER_LABELS = /^(([a-z0-9.-]+\.)?karpenter\.(sh|k8s\.aws)|kubelet\.kubernetes\.io)\//;
const KARPENTER_TAGS = /^(aws:|eks:eks-cluster-name$|kubernetes\.io\/cluster|karpenter\.(sh|k8s\.aws)\/)/;

/** Adds the rules of a pool. */
export function checkKarpenterPool(checks: PropChecks, settings: KarpenterPoolSettings, cluster: ICluster): void {
  const { options, labels, taints } = settings;
  checkName(checks, options.poolName, cluster);
  checkTypes(checks, settings);
  checkAccelerators(checks, settings);
  checkCapacity(checks, settings);
  checkLimits(checks, options.limits, settings);
  checkLabels(checks, options.labels ?? {}, labels);
  for (const key of Object.keys(options.labels ?? {})) {
    const rule = "must not be of a domain that Karpenter keeps for itself";
    checks.require(!KARPENTER_LABELS.test(key), `labels["${key}"]`, rule, key);
  }
  checkTaints(checks, options.taints ?? [], taints);
  checkZones(checks, options.zones, cluster.vpc.zones);
  checkImage(checks, settings);
  checkStorage(checks, settings);
  checkLife(checks, settings);
  settings.budgets.forEach((budget, index) => checkBudget(checks, budget, `budgets[${index}]`));
  checkTags(checks, options.instanceTags ?? {});
}

function checkName(checks: PropChecks, poolName: string, cluster: ICluster): void {
  const rule = `must be lower-case words joined by hyphens, at most ${LONGEST_POOL_NAME} characters`;
  checks.require(KEBAB_NAME.test(poolName) && poolName.length <= LONGEST_POOL_NAME, "poolName", rule, poolName);
  const taken = cluster.pools.some((pool) => pool.poolName === poolName);
  checks.require(!taken, "poolName", "must not be the name of a node group of the cluster", poolName);
}

function checkTypes(checks: PropChecks, { options, types }: KarpenterPoolSettings): void {
  const { instanceTypes: names = [], instanceFamilies: families = [] } = options;
  const some = names.length + families.length > 0;
  checks.require(some, "instanceTypes", "must name at least one type, or `instanceFamilies` a family", names);
  const known = instanceTypes().map(({ name }) => name);
  names.forEach((name, index) => {
    const prop = `instanceTypes[${index}]`;
    const rule = `must be an instance type of the catalogue${hint(name, known)}`;
    checks.require(known.includes(name), prop, rule, name);
    checks.require(names.indexOf(name) === index, prop, "must not be named twice", name);
  });
  const knownFamilies = [...new Set(known.map((name) => name.split(".")[0] ?? ""))];
  families.forEach((family, index) => {
    const prop = `instanceFamilies[${index}]`;
    const rule = `must be a family of the catalogue's instance types${hint(family, knownFamilies)}`;
    const has = known.some((name) => isOf(family, name));
    checks.require(has, prop, rule, family);
    checks.require(families.indexOf(family) === index, prop, "must not be named twice", family);
  });
  const architectures = new Set(types.map((type) => type.arch));
  const described = types.map((type) => `${type.name} (${type.arch})`);
  const one = "must have one CPU architecture, since images of workloads mostly have one";
  checks.require(architectures.size <= 1, "instanceTypes", one, described);
}

function hint(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? "" : ` (did you mean "${nearest}"?)`;
}

function checkAccelerators(checks: PropChecks, { options, kind, types, operatingSystem }: KarpenterPoolSettings): void {
  const fits = (type: InstanceType) =>
    kind === "gpu" ? isNvidiaGpu(type) : (type.accelerator?.kind ?? "cpu") === (kind === "neuron" ? "neuron" : "cpu");
  const others = types.filter((type) => !fits(type)).map((type) => type.name);
  const alike = "must be all without accelerators, all with whole NVIDIA GPUs, or all with Neuron devices";
  checks.require(others.length === 0, "instanceTypes", alike, others);
  const models = new Set(types.flatMap(({ accelerator }) => (accelerator === null ? [] : [modelOf(accelerator)])));
  const oneModel = "must have one model of accelerators, so that a workload fits on whichever type is started";
  checks.require(models.size <= 1, "instanceTypes", oneModel, [...models]);
  for (const { name } of types) {
    const missing = missingDriver(name);
    const rule =
      `must be types whose GPUs EKS's image has a driver for (${missing?.available}); these need driver ` +
      `${missing?.needed} or newer, with an image of one's own in a node group`;
    checks.require(missing === undefined, "instanceTypes", rule, name);
  }
  const neuron = 'must be "al2023", the one that EKS builds images with the Neuron driver of';
  checks.require(kind !== "neuron" || operatingSystem === "al2023", "operatingSystem", neuron, operatingSystem);
  const { sharing } = options as { readonly sharing?: unknown };
  const unshared = "must be left out: Karpenter does not count shares of GPUs; use a node group for a shared pool";
  checks.require(sharing === undefined, "sharing", unshared, sharing);
}

/** Memory tells models of one name apart: the A100 of p4d has 40 GiB, that of p4de 80. */
function modelOf({ name, memoryMiB }: NonNullable<InstanceType["accelerator"]>): string {
  return `${name}${memoryMiB ? ` ${memoryMiB} MiB` : ""}`;
}

function checkCapacity(checks: PropChecks, { capacity, options }: KarpenterPoolSettings): void {
  const { reservations = [] } = options;
  checks.require(capacity.length > 0, "capacity", "must name at least one kind", capacity);
  capacity.forEach((kind, index) => {
    const known = `must be one of ${CAPACITIES.join(", ")}`;
    checks.require(CAPACITIES.includes(kind), `capacity[${index}]`, known, kind);
    checks.require(capacity.indexOf(kind) === index, `capacity[${index}]`, "must not be named twice", kind);
  });
  const reserved = capacity.includes("reserved");
  const both = 'must name some when `capacity` has "reserved", and none when it has not';
  checks.require(reserved === reservations.length > 0, "reservations", both, reservations);
  reservations.forEach((term, index) => checkReservation(checks, term, `reservations[${index}]`));
}

/** What the type forbids can still be handed over by callers without types. */
function checkReservation(checks: PropChecks, term: ReservationTerm, prop: string): void {
  const { reservationId, tags } = term as { reservationId?: string; tags?: Readonly<Record<string, string>> };
  const one = "must have one of `reservationId` and `tags`";
  checks.require((reservationId === undefined) !== (tags === undefined), prop, one, term);
  const id = "must be the id of a capacity reservation, `cr-` and 8 or 17 hexadecimal digits";
  const fits = reservationId === undefined || RESERVATION_ID.test(reservationId);
  checks.require(fits, `${prop}.reservationId`, id, reservationId);
  if (tags === undefined) return;
  const full = Object.entries(tags).every(([key, value]) => key !== "" && value !== "");
  const some = "must be 1 to 20 tags, neither key nor value empty";
  checks.require(full && inRange(Object.keys(tags).length, 1, 20), `${prop}.tags`, some, tags);
}

function checkLimits(checks: PropChecks, limits: KarpenterLimits, { kind, types }: KarpenterPoolSettings): void {
  const needed = kind === "cpu" ? "cpus" : "accelerators";
  const cost = `must be given for a pool ${kind === "cpu" ? "without" : "with"} accelerators: it limits what the pool costs`;
  checks.require(limits[needed] !== undefined, `limits.${needed}`, cost, undefined);
  const none = "must be left out for a pool without accelerators";
  checks.require(kind !== "cpu" || limits.accelerators === undefined, "limits.accelerators", none, limits.accelerators);
  const smallest: KarpenterLimits = {
    cpus: leastOf(types, ({ vcpu }) => vcpu),
    memoryGiB: leastOf(types, ({ memoryMiB }) => Math.ceil(memoryMiB / 1024)),
    accelerators: leastOf(types, ({ accelerator }) => accelerator?.count ?? 0),
    nodes: 1,
  };
  for (const name of ["cpus", "memoryGiB", "accelerators", "nodes"] as const) {
    const [value, least = 1] = [limits[name], smallest[name]];
    const rule = `must be a whole number, at least that of the smallest node (${least})`;
    checks.require(value === undefined || inRange(value, Math.max(least, 1)), `limits.${name}`, rule, value);
  }
}

function leastOf(types: readonly InstanceType[], numberOf: (type: InstanceType) => number): number {
  return types.length === 0 ? 1 : Math.min(...types.map(numberOf));
}

function checkZones(checks: PropChecks, zones: readonly string[] | undefined, allowed: readonly string[]): void {
  if (zones === undefined) return;
  checks.require(zones.length > 0, "zones", "must name at least one zone, or be left out", zones);
  zones.forEach((zone, index) => {
    const prop = `zones[${index}]`;
    checks.require(allowed.includes(zone), prop, `must be a zone of the cluster's VPC (${allowed.join(", ")})`, zone);
    checks.require(zones.indexOf(zone) === index, prop, "must not be named twice", zone);
  });
}

function checkImage(checks: PropChecks, { operatingSystem, imageRelease }: KarpenterPoolSettings): void {
  const example = operatingSystem === "al2023" ? "`v` and a day such as v20260714" : "a version such as v1.66.0";
  const rule = `must be ${example}; \`latest\` would replace all nodes with each release`;
  checks.require(RELEASES[operatingSystem].test(imageRelease), "imageRelease", rule, imageRelease);
}

function checkStorage(checks: PropChecks, { options, kind, types, diskGiB }: KarpenterPoolSettings): void {
  const [least, reason] = kind === "cpu" ? [20, ""] : [100, ", since images for accelerators take 5 to 20 GiB each,"];
  const disk = `must be a whole number of GiB from ${least}${reason} to ${LARGEST_DISK_GIB}`;
  checks.require(inRange(diskGiB, least, LARGEST_DISK_GIB), "diskGiB", disk, diskGiB);
  if (options.localStorage !== "raid0") return;
  const without = types.filter((type) => type.nvmeGB === 0).map((type) => type.name);
  const local = 'must be types with local NVMe disks, or `localStorage` be "none"';
  checks.require(without.length === 0, "instanceTypes", local, without);
}

function checkLife(checks: PropChecks, { options, expireAfter, consolidation }: KarpenterPoolSettings): void {
  const { terminationGracePeriod, weight } = options;
  const orNever = "must be a time such as 720h or 1h30m, or `Never`";
  checks.require(isTimeOrNever(expireAfter), "expireAfter", orNever, expireAfter);
  const short = TIME.test(expireAfter) && secondsOf(expireAfter) < SHORTEST_LIFE_SECONDS;
  const hour = "must be at least 1h: nodes would be replaced as soon as they are there";
  checks.require(!short, "expireAfter", hour, expireAfter);
  checks.require(isTimeOrNever(consolidation.after), "consolidation.after", orNever, consolidation.after);
  const time = "must be a time such as 48h";
  const graceful = terminationGracePeriod === undefined || TIME.test(terminationGracePeriod);
  checks.require(graceful, "terminationGracePeriod", time, terminationGracePeriod);
  checks.require(
    weight === undefined || inRange(weight, 1, 100),
    "weight",
    "must be a whole number from 1 to 100",
    weight,
  );
}

function secondsOf(time: string): number {
  const parts = [...time.matchAll(/(\d+)([smh])/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (SECONDS[unit ?? ""] ?? 0), 0);
}

function isTimeOrNever(time: string): boolean {
  return time === "Never" || TIME.test(time);
}

function checkBudget(checks: PropChecks, { nodes, schedule, duration }: KarpenterBudget, prop: string): void {
  const share = "must be a number of nodes, or a share from 0% to 100%";
  checks.require(BUDGET_NODES.test(nodes), `${prop}.nodes`, share, nodes);
  const both = "must be given together with `duration`";
  checks.require(
    (schedule === undefined) === (duration === undefined),
    `${prop}.schedule`,
    both,
    schedule ?? "nothing",
  );
  const cron = "must be five fields as cron has them, or a word such as @daily";
  checks.require(schedule === undefined || CRON.test(schedule), `${prop}.schedule`, cron, schedule);
  const time = "must be hours and minutes, such as 10h or 1h30m";
  checks.require(duration === undefined || BUDGET_TIME.test(duration), `${prop}.duration`, time, duration);
}

function checkTags(checks: PropChecks, tags: Readonly<Record<string, string>>): void {
  for (const key of Object.keys(tags)) {
    const own = key === POOL_TAG || KARPENTER_TAGS.test(key);
    checks.require(!own, `instanceTags["${key}"]`, "must not be a tag that the pool or Karpenter sets itself", key);
  }
}

function inRange(value: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
