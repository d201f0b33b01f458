import {
  kubernetesVersions,
  kubernetesVersionsAsOf,
  limits,
  nearestName,
  supportPhase,
  tryFindKubernetesVersion,
  tryFindRegion,
} from "../../catalog";
import type { EnvironmentDraft, Finding } from "../draft";
import { parseIpv4Range, parseIpv4Ranges, rangesOverlap } from "../ipv4-range";
import { didYouMean, duplicates } from "../wording";

const VERSION = ["cluster", "version"] as const;
const ENDPOINT = ["cluster", "endpoint"] as const;

/** Version, endpoint, log retention and access of the EKS control plane. */
export function* checkCluster(draft: EnvironmentDraft): Generator<Finding> {
  const { cluster } = draft;
  if (cluster === undefined) return;
  if (cluster.version !== undefined) yield* checkVersion(cluster.version);
  if (cluster.logRetentionDays !== undefined) yield* checkLogRetention(cluster.logRetentionDays);
  yield* checkEndpoint(cluster.endpoint ?? {});
  yield* checkRoles(draft, "admins");
  yield* checkRoles(draft, "viewers");
  for (const [index, role] of (cluster.viewers ?? []).entries()) {
    if (role === undefined || !cluster.admins?.includes(role)) continue;
    yield { path: ["cluster", "viewers", index], rule: "must not also be one of cluster.admins", got: role };
  }
}

/** Support is judged on the day the catalogue was checked, not today: the same file must not fail tomorrow by itself. */
function* checkVersion(version: string): Generator<Finding> {
  const asOf = kubernetesVersionsAsOf();
  const isSupported = (name: string) => ["standard", "extended"].includes(supportPhase(name, asOf));
  const supported = kubernetesVersions()
    .map((known) => known.version)
    .filter(isSupported);
  const allowed = supported.join(", ");
  const known = tryFindKubernetesVersion(version);
  if (known === undefined) {
    const rule = `must be a Kubernetes version of EKS${didYouMean(nearestName(version, supported))}`;
    yield { path: VERSION, rule, got: version, allowed };
  } else if (!isSupported(version)) {
    const rule = `must be a Kubernetes version that EKS still supports (${version} ended on ${known.extendedSupportUntil})`;
    yield { path: VERSION, rule, got: version, allowed };
  }
}

function* checkLogRetention(days: number): Generator<Finding> {
  const { retentionDays } = limits().logs;
  if (retentionDays.includes(days)) return;
  const rule = "must be a retention period of CloudWatch, in days";
  yield { path: ["cluster", "logRetentionDays"], rule, got: days, allowed: retentionDays.join(", ") };
}

function* checkEndpoint(
  endpoint: NonNullable<NonNullable<EnvironmentDraft["cluster"]>["endpoint"]>,
): Generator<Finding> {
  const cidrs = endpoint.allowedCidrs ?? [];
  const path = [...ENDPOINT, "allowedCidrs"];
  if (endpoint.public === true && cidrs.length === 0) {
    const allowed = "for example 203.0.113.0/24, the range of an office or a VPN";
    yield { path, rule: "must name at least one range while cluster.endpoint.public is true", got: [], allowed };
  }
  if (endpoint.public === false && cidrs.length > 0) {
    yield { path, rule: "must be empty while cluster.endpoint.public is false", got: cidrs };
  }
  for (const [index, cidr] of cidrs.entries()) {
    if (cidr !== undefined) yield* checkAllowedCidr([...path, index], cidr);
  }
}

function* checkAllowedCidr(path: Finding["path"], cidr: string): Generator<Finding> {
  const range = parseIpv4Range(cidr);
  if (range === undefined) {
    const allowed = "for example 203.0.113.0/24";
    yield { path, rule: "must be an IPv4 range in CIDR notation", got: cidr, allowed };
    return;
  }
  if (range.aligned !== cidr) {
    yield { path, rule: "must start at the first address of the range", got: cidr, allowed: range.aligned };
  }
  if (range.prefix === 0) {
    const rule = "must not be the whole internet: name the ranges that may reach the API server";
    yield { path, rule, got: cidr, allowed: "for example 203.0.113.0/24" };
    return;
  }
  const reserved = parseIpv4Ranges(limits().network.privateRanges);
  if (reserved.some((other) => rangesOverlap(other, range))) {
    yield { path, rule: "must be a public range: EKS refuses private ones here", got: cidr };
  }
}

function* checkRoles(draft: EnvironmentDraft, list: "admins" | "viewers"): Generator<Finding> {
  const roles = draft.cluster?.[list] ?? [];
  const partition = draft.region === undefined ? undefined : tryFindRegion(draft.region)?.partition;
  const path = (index: number) => ["cluster", list, index];
  for (const { value, index } of duplicates(roles)) {
    yield { path: path(index), rule: "must not name a role twice", got: value };
  }
  for (const [index, role] of roles.entries()) {
    const [, rolePartition, , , account] = role?.split(":") ?? [];
    if (account !== undefined && draft.account !== undefined && account !== draft.account) {
      const allowed = `a role of account ${draft.account}`;
      yield { path: path(index), rule: "must be a role of the environment's own account", got: role, allowed };
    }
    if (rolePartition !== undefined && partition !== undefined && rolePartition !== partition) {
      const rule = `must be a role of the partition that ${draft.region} is in`;
      yield { path: path(index), rule, got: role, allowed: `arn:${partition}:iam::…` };
    }
  }
}
