import {
  kubernetesVersions,
  kubernetesVersionsAsOf,
  limits,
  nearestName,
  supportPhase,
  tryFindKubernetesVersion,
} from "../../catalog";
import type { EnvironmentDraft, Finding } from "../draft";
import { parseIpv4Range, parseIpv4Ranges, rangesOverlap } from "../ipv4-range";
import { didYouMean } from "../wording";
import { checkAccess } from "./access";
import { checkLogRetention } from "./log-retention";
import { checkStoreLists } from "./store-lists";

const VERSION = ["cluster", "version"] as const;
const ENDPOINT = ["cluster", "endpoint"] as const;

/** Version, endpoint, log retention and access of the EKS control plane. */
export function* checkCluster(draft: EnvironmentDraft): Generator<Finding> {
  const { cluster } = draft;
  if (cluster === undefined) return;
  if (cluster.version !== undefined) yield* checkVersion(cluster.version);
  if (cluster.logRetentionDays !== undefined) {
    yield* checkLogRetention(["cluster", "logRetentionDays"], cluster.logRetentionDays);
  }
  yield* checkEndpoint(cluster.endpoint ?? {});
  yield* checkAccess(draft);
  const { read = [], readWrite = [] } = cluster.s3Mounts ?? {};
  yield* checkStoreLists(["cluster", "s3Mounts"], { read, readWrite });
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
