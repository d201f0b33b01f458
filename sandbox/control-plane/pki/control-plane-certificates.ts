import { parseCIDR } from "ipaddr.js";
import type { CertificateRequest } from "./certificate-authority";

/** The three authorities: a certificate of one counts nothing with the others. */
export const AUTHORITIES = {
  /** Clients and server of the Kubernetes API. */
  cluster: "kubernetes",
  /** Clients, server and peer of etcd: no client of the API can write past the API server. */
  etcd: "etcd",
  /** The API server, towards servers of aggregated APIs. */
  "front-proxy": "kubernetes-front-proxy",
} as const;

/** Name of an authority, and of its files. */
export type AuthorityName = keyof typeof AUTHORITIES;

/** Names of the certificates, and of their files. */
export const CERTIFICATES = [
  "kube-apiserver",
  "kube-apiserver-etcd",
  "etcd",
  "front-proxy-client",
  "admin",
  "kube-scheduler",
  "kube-controller-manager",
  "kwok",
] as const;

/** Name of a certificate, and of its files. */
export type CertificateName = (typeof CERTIFICATES)[number];

/** User name of kwok; what it may do stands in its cluster role. */
export const KWOK_USER = "system:kwok";

const LOOPBACK = { dnsNames: ["localhost"], ipAddresses: ["127.0.0.1"] } as const;
const KUBERNETES_NAMES = ["kubernetes", "kubernetes.default", "kubernetes.default.svc"];

/** What each certificate states, and whose word stands behind it. */
export function certificateRequests(
  serviceCidr: string,
): Readonly<Record<CertificateName, CertificateRequest & { readonly authority: AuthorityName }>> {
  const client = ["client"] as const;
  const both = ["client", "server"] as const;
  return {
    "kube-apiserver": {
      authority: "cluster",
      commonName: "kube-apiserver",
      usages: ["server"],
      dnsNames: ["localhost", ...KUBERNETES_NAMES, "kubernetes.default.svc.cluster.local"],
      ipAddresses: ["127.0.0.1", firstServiceAddress(serviceCidr)],
    },
    "kube-apiserver-etcd": { authority: "etcd", commonName: "kube-apiserver", usages: client },
    etcd: { authority: "etcd", commonName: "etcd", usages: both, ...LOOPBACK },
    "front-proxy-client": { authority: "front-proxy", commonName: "front-proxy-client", usages: client },
    admin: {
      authority: "cluster",
      commonName: "sandbox-administrator",
      // Above RBAC: an administrator cannot lock itself out of its own sandbox.
      organizations: ["system:masters"],
      usages: client,
    },
    "kube-scheduler": { authority: "cluster", commonName: "system:kube-scheduler", usages: both, ...LOOPBACK },
    "kube-controller-manager": {
      authority: "cluster",
      commonName: "system:kube-controller-manager",
      usages: both,
      ...LOOPBACK,
    },
    kwok: { authority: "cluster", commonName: KWOK_USER, usages: client },
  };
}

/** The address of the service `kubernetes`. */
function firstServiceAddress(serviceCidr: string): string {
  const [network, bits] = parseCIDR(serviceCidr);
  const bytes = network.toByteArray().map((byte, index) => byte & mask(bits - 8 * index));
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) + 1;
  return bytes.join(".");
}

/** The network bits of one byte. */
function mask(bits: number): number {
  return bits >= 8 ? 255 : bits <= 0 ? 0 : 256 - 2 ** (8 - bits);
}
