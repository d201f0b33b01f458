import ipaddr from "ipaddr.js";

import { invalidParameter, invalidRequest, type EksApiError, type ErrorSubject } from "../errors";
import type { EksCatalog } from "../model/catalog-port";
import { minorOf, supportedVersions } from "../model/versions";
import type { SubnetFacts } from "../effects/subnets";

/** The version must be one that EKS still runs. */
export function requireSupportedVersion(catalog: EksCatalog, version: string, subject: ErrorSubject): void {
  const supported = supportedVersions(catalog);
  if (supported.includes(version)) return;
  throw invalidParameter(`unsupported Kubernetes version: ${version} (supported: ${supported.join(", ")})`, subject);
}

/** A cluster's subnets must share one VPC and lie in at least two zones. */
export function requireClusterSubnets(subnets: readonly SubnetFacts[], subject: ErrorSubject): void {
  const vpcs = unique(subnets.map((subnet) => subnet.vpcId));
  if (vpcs.length > 1) {
    throw invalidParameter(`Subnets specified must be in the same VPC, got ${vpcs.join(", ")}`, subject);
  }
  const zones = unique(subnets.map((subnet) => subnet.zone));
  if (zones.length < 2) {
    throw invalidParameter(`Subnets specified must be in at least two different AZs, got ${zones.join(", ")}`, subject);
  }
}

/** A cluster that nobody can reach is refused. */
export function requireReachableEndpoint(publicAccess: boolean, privateAccess: boolean, subject: ErrorSubject): void {
  if (publicAccess || privateAccess) return;
  throw invalidParameter("Private and public endpoint access cannot be false", subject);
}

const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((range) => ipaddr.IPv4.parseCIDR(range));

/** The range of Kubernetes services: private, /12 to /24, apart from the VPC. */
export function requireServiceCidr(cidr: string, subnets: readonly SubnetFacts[], subject: ErrorSubject): void {
  if (!ipaddr.IPv4.isValidCIDR(cidr)) {
    throw invalidParameter(`serviceIpv4Cidr must be an IPv4 range in CIDR notation, got ${cidr}`, subject);
  }
  const [address, bits] = ipaddr.IPv4.parseCIDR(cidr);
  const inside = PRIVATE_RANGES.some(([base, length]) => bits >= length && address.match(base, length));
  if (!inside || bits < 12 || bits > 24) {
    throw invalidParameter(
      `serviceIpv4Cidr must lie within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 and be between /24 and /12, got ${cidr}`,
      subject,
    );
  }
  const clash = subnets.find((subnet) => overlaps(cidr, subnet.cidr));
  if (clash !== undefined) {
    throw invalidParameter(`serviceIpv4Cidr ${cidr} overlaps with subnet ${clash.id} (${clash.cidr})`, subject);
  }
}

/** @returns the range that EKS takes when none is asked for: the one of two that is apart from the VPC */
export function defaultServiceCidr(subnets: readonly SubnetFacts[]): string {
  return subnets.some((subnet) => overlaps("172.20.0.0/16", subnet.cidr)) ? "10.100.0.0/16" : "172.20.0.0/16";
}

/** @returns a refusal unless the update goes up by exactly one minor version */
export function versionStepProblem(from: string, to: string, subject: ErrorSubject): EksApiError | undefined {
  if (minorOf(to) === minorOf(from) + 1) return undefined;
  if (to === from) return invalidParameter(`Cluster is already at the desired version: ${to}`, subject);
  return invalidParameter(
    `Unsupported Kubernetes minor version update from ${from} to ${to}: a cluster is updated one minor version at a time`,
    subject,
  );
}

/** Kubernetes lets kubelets be at most three minor versions behind the control plane. */
export const KUBELET_SKEW = 3;

/** @returns a refusal when a node group would fall too far behind */
export function kubeletSkewProblem(
  target: string,
  nodegroups: readonly { readonly name: string; readonly version?: string }[],
  subject: ErrorSubject,
): EksApiError | undefined {
  const behind = nodegroups.filter(
    ({ version }) => version !== undefined && minorOf(target) - minorOf(version) > KUBELET_SKEW,
  );
  if (behind.length === 0) return undefined;
  const list = behind.map(({ name, version }) => `${name} (${version})`).join(", ");
  return invalidRequest(
    `Node groups must be updated before the cluster goes to ${target}, they may be at most ${KUBELET_SKEW} minor versions older: ${list}`,
    subject,
  );
}

function overlaps(a: string, b: string): boolean {
  if (!ipaddr.IPv4.isValidCIDR(a) || !ipaddr.IPv4.isValidCIDR(b)) return false;
  const [addressA, bitsA] = ipaddr.IPv4.parseCIDR(a);
  const [addressB, bitsB] = ipaddr.IPv4.parseCIDR(b);
  const bits = Math.min(bitsA, bitsB);
  return addressA.match(addressB, bits);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
