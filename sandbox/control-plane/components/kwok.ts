import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clientKubeconfig } from "../files/kubeconfig";
import { answersOk } from "../processes/probe";
import type { ComponentContext, ControlPlaneComponent } from "./context";
import { apiServerAddress, flags } from "./context";
import { componentMarks } from "./marks";

const READY_TIMEOUT_MS = 60_000;
/** Addresses of simulated pods: the shared range that EKS proposes for pods beside a VPC's own addresses. */
const POD_CIDR = "100.64.0.0/10";

/**
 * Plays every node, the pods on them, and the driver of their volumes.
 *
 * @param prepare gives it the permissions it works with
 */
export function kwok(context: ComponentContext, prepare: () => Promise<void>): ControlPlaneComponent {
  const { paths, programs, pki, ports } = context;
  const kubeconfig = paths.kubeconfig("kwok");
  const mark = componentMarks(paths).kwok;
  return {
    name: "kwok",
    program: programs.kwok,
    mark,
    ports: ["kwok"],
    files: [
      { path: kubeconfig, content: clientKubeconfig("kwok", apiServerAddress(ports), pki) },
      { path: paths.kwokConfiguration, content: readFileSync(join(__dirname, "kwok.yaml"), "utf8") },
    ],
    inputs: [],
    prepare,
    readyTimeoutMs: READY_TIMEOUT_MS,
    ready: () => answersOk(`http://127.0.0.1:${ports.kwok}/healthz`),
    arguments: [
      mark.argument,
      ...flags({
        config: paths.kwokConfiguration,
        "manage-all-nodes": true,
        // A lease would belong to one run of kwok: the next would leave pods alone until it expires.
        "node-lease-duration-seconds": 0,
        cidr: POD_CIDR,
        "server-address": `127.0.0.1:${ports.kwok}`,
      }),
    ],
  };
}
