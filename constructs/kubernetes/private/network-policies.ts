import {
  NetworkPolicyV1,
  type NetworkPolicyV1SpecEgressTo,
  type NetworkPolicyV1SpecIngressFrom,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { Cidr } from "../../core/cidr";
import type { PropChecks } from "../../core/prop-checks";
import type { PodPorts } from "../namespace-options";
import { checkName } from "./metadata";
import type { NamespaceTarget } from "./namespace-limits";

/** What a policy lets through. */
export interface Traffic {
  readonly id: string;
  /** Name of the policy. */
  readonly name: string;
  /** Name that the caller gave to addresses. */
  readonly peerName?: string;
  readonly cidrs?: readonly string[];
  readonly ports: PodPorts | undefined;
  readonly directions: readonly ("Ingress" | "Egress")[];
  readonly peers: readonly (NetworkPolicyV1SpecEgressTo & NetworkPolicyV1SpecIngressFrom)[];
}

const LAST_PORT = 65535;
const DNS: PodPorts = { tcp: [53], udp: [53] };
const DNS_SERVER = {
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
  podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
};
/** Where the agent on each node hands out credentials. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
const POD_IDENTITY = { ipBlock: { cidr: "169.254.170.23/32" } };

/** Adds the rules for what is let through. */
export function checkTraffic(
  checks: PropChecks,
  { peerName, cidrs, ports }: Traffic,
  given: { readonly allowAllTraffic: boolean; readonly taken: IConstruct | undefined },
): void {
  const open = "must be false where traffic is allowed one by one: a rule would shut out all else";
  checks.require(!given.allowAllTraffic, "allowAllTraffic", open, given.allowAllTraffic);
  const once = "must be allowed once, with all its ports";
  checks.require(given.taken === undefined, "traffic", once, given.taken?.node.id);
  if (peerName !== undefined) checkName(checks, "name", peerName);
  if (cidrs !== undefined) checks.require(cidrs.length > 0, "cidrs", "must name at least one range", cidrs);
  cidrs?.forEach((cidr, index) => {
    const rule = Token.isUnresolved(cidr) ? undefined : Cidr.problemOf(cidr);
    checks.require(rule === undefined, `cidrs[${index}]`, rule ?? "", cidr);
  });
  if (ports === undefined) return;
  const all = [...(ports.tcp ?? []), ...(ports.udp ?? [])];
  checks.require(all.length > 0, "ports", "must name at least one port, or be left out", ports);
  const wrong = all.filter((port) => !Number.isInteger(port) || port < 1 || port > LAST_PORT);
  checks.require(wrong.length === 0, "ports", `must be whole numbers from 1 to ${LAST_PORT}`, wrong);
}

/** Denies what no other policy allows, but for finding services and getting the credentials of one's own role. */
export function defineDefaultDeny({ scope, namespaceName, dependsOn }: NamespaceTarget): NetworkPolicyV1 {
  return new NetworkPolicyV1(scope, "DefaultDeny", {
    metadata: { name: "default-deny", namespace: namespaceName },
    spec: {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      egress: [
        { to: [DNS_SERVER], ports: portList(DNS) },
        { to: [POD_IDENTITY], ports: portList({ tcp: [80] }) },
      ],
    },
    dependsOn,
  });
}

/** Defines a policy that lets something through, for all pods of a namespace. */
export function definePolicy({ scope, namespaceName, dependsOn }: NamespaceTarget, traffic: Traffic): NetworkPolicyV1 {
  const { id, name, directions } = traffic;
  const peers = [...traffic.peers];
  const ports = traffic.ports && portList(traffic.ports);
  return new NetworkPolicyV1(scope, id, {
    metadata: { name, namespace: namespaceName },
    spec: {
      podSelector: {},
      policyTypes: [...directions],
      ingress: directions.includes("Ingress") ? [{ from: peers, ports }] : undefined,
      egress: directions.includes("Egress") ? [{ to: peers, ports }] : undefined,
    },
    dependsOn,
  });
}

function portList({ tcp = [], udp = [] }: PodPorts): { port: string; protocol: string }[] {
  return [
    ...tcp.map((port) => ({ port: String(port), protocol: "TCP" })),
    ...udp.map((port) => ({ port: String(port), protocol: "UDP" })),
  ];
}
