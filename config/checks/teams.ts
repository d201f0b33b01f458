import { tryFindInstanceType, tryFindMigGpu, type InstanceType } from "../../catalog";
import type { Draft, EnvironmentDraft, Finding } from "../draft";
import type { GpuPoolConfig } from "../environment-config";
import { isKnown } from "../wording";
import { poolsOf, type NamedPool } from "./pools";

/** A team's name becomes the value of a label, and the name of its queue. */
const LONGEST_TEAM = 63;

/** Namespaces of Kubernetes itself, and those of the platform. */
const TAKEN = new Set([
  "default",
  "cert-manager",
  "external-secrets",
  "gpu-operator",
  "keda",
  "kueue-system",
  "monitoring",
  "monitoring-agents",
  "nvidia-device-plugin",
]);

/** Teams: namespaces of their own, and parts of pools that there are, no more than the pools can have. */
export function* checkTeams(draft: EnvironmentDraft): Generator<Finding> {
  yield* checkNamespaces(draft);
  const pools = poolsOf(draft);
  for (const [team, config] of Object.entries(draft.teams ?? {})) {
    if (team.length > LONGEST_TEAM) {
      const rule = `must have a name of at most ${LONGEST_TEAM} characters, which becomes a label`;
      yield { path: ["teams", team], rule, got: team };
    }
    for (const [pool, quota] of Object.entries(config?.quotas ?? {})) {
      const path = ["teams", team, "quotas", pool];
      const found = pools.find(({ name }) => name === pool);
      if (found === undefined) {
        const allowed = pools.map(({ name }) => name).join(", ");
        yield { path, rule: "must be the name of a pool", got: pool, allowed };
      } else if (found.kind === "cpu" && quota?.gpus !== undefined) {
        yield { path: [...path, "gpus"], rule: `must be left out: ${pool} has no accelerators`, got: quota.gpus };
      }
    }
  }
  for (const pool of pools) yield* checkSums(draft, pool);
}

function* checkNamespaces({ teams }: EnvironmentDraft): Generator<Finding> {
  const holders = new Map<string, string>();
  for (const [team, config] of Object.entries(teams ?? {})) {
    for (const [index, namespace] of (config?.namespaces ?? []).entries()) {
      if (namespace === undefined) continue;
      const path = ["teams", team, "namespaces", index];
      const holder = holders.get(namespace);
      if (holder !== undefined) yield { path, rule: `must not be a namespace of teams.${holder} too`, got: namespace };
      holders.set(namespace, team);
      if (!TAKEN.has(namespace) && !namespace.startsWith("kube-")) continue;
      yield { path, rule: "must not be a namespace of Kubernetes or of a controller", got: namespace };
    }
  }
}

/** What all teams own of a pool, no more than it has when all its nodes are of the type that has most. */
function* checkSums(draft: EnvironmentDraft, { kind, name, pool }: NamedPool): Generator<Finding> {
  const types = (pool.instanceTypes ?? []).filter(isKnown).map(tryFindInstanceType).filter(isKnown);
  const { maxSize } = pool;
  if (maxSize === undefined || types.length === 0) return;
  const sharing = "sharing" in pool ? pool.sharing : undefined;
  const most = (numberOf: (type: InstanceType) => number) => maxSize * Math.max(...types.map(numberOf));
  const nodes = `${maxSize} nodes of ${name}`;
  yield* checkSum(draft, name, "cpus", { most: most(({ vcpu }) => vcpu), nodes });
  yield* checkSum(draft, name, "memoryGiB", { most: most(({ memoryMiB }) => memoryMiB / 1024), nodes });
  if (kind !== "cpu") yield* checkSum(draft, name, "gpus", { most: most((type) => perNode(type, sharing)), nodes });
}

/** The first team that is one too many is at fault. */
function* checkSum(
  draft: EnvironmentDraft,
  pool: string,
  what: "cpus" | "memoryGiB" | "gpus",
  { most, nodes }: { readonly most: number; readonly nodes: string },
): Generator<Finding> {
  let sum = 0;
  for (const [team, config] of Object.entries(draft.teams ?? {})) {
    const own = config?.quotas?.[pool]?.[what] ?? 0;
    sum += own;
    if (own === 0 || sum <= most) continue;
    const rule = `must leave the sum over all teams at ${most} or less, what ${nodes} have`;
    yield { path: ["teams", team, "quotas", pool, what], rule, got: `${own}, sum ${sum}` };
    return;
  }
}

function perNode(type: InstanceType, sharing: Draft<GpuPoolConfig>["sharing"]): number {
  const { timeSlicing, mps, mig } = sharing ?? {};
  const slices = tryFindMigGpu(type)?.profiles.find((profile) => profile.name === mig?.profile)?.count;
  return (type.accelerator?.count ?? 0) * (timeSlicing?.replicas ?? mps?.replicas ?? slices ?? 1);
}
