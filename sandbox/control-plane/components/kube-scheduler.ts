import { clientKubeconfig } from "../files/kubeconfig";
import { answersOk } from "../processes/probe";
import type { ComponentContext, ControlPlaneComponent } from "./context";
import { apiServerAddress, flags } from "./context";
import { componentMarks } from "./marks";

const READY_TIMEOUT_MS = 60_000;

/** The scheduler of Kubernetes with its default profile, as EKS runs it. */
export function kubeScheduler({ paths, programs, pki, ports }: ComponentContext): ControlPlaneComponent {
  const kubeconfig = paths.kubeconfig("kube-scheduler");
  const authority = paths.authority("cluster").certificate;
  const { certificate, key } = paths.certificate("kube-scheduler");
  const mark = componentMarks(paths)["kube-scheduler"];
  return {
    name: "kube-scheduler",
    program: programs.kubeScheduler,
    mark,
    ports: ["scheduler"],
    files: [{ path: kubeconfig, content: clientKubeconfig("kube-scheduler", apiServerAddress(ports), pki) }],
    inputs: [certificate, authority],
    readyTimeoutMs: READY_TIMEOUT_MS,
    ready: () =>
      answersOk(`https://127.0.0.1:${ports.scheduler}/readyz`, {
        certificateAuthority: pki.authorities.cluster.certificate,
      }),
    arguments: [
      mark.argument,
      ...flags({
        "authentication-kubeconfig": kubeconfig,
        "authorization-kubeconfig": kubeconfig,
        "bind-address": "127.0.0.1",
        "secure-port": ports.scheduler,
        "tls-cert-file": certificate,
        "tls-private-key-file": key,
        "client-ca-file": authority,
        "leader-elect": false,
        profiling: false,
      }),
    ],
  };
}
