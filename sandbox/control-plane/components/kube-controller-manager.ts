import { clientKubeconfig } from "../files/kubeconfig";
import { answersOk } from "../processes/probe";
import type { ComponentContext, ControlPlaneComponent } from "./context";
import { apiServerAddress, flags } from "./context";
import { componentMarks } from "./marks";

const READY_TIMEOUT_MS = 60_000;

/**
 * The controllers of Kubernetes, one instance: no cloud provider, and no addresses for nodes, since those come with the
 * nodes.
 *
 * Without the key of the cluster's authority: certificates are asked for and approved, but none is signed.
 */
export function kubeControllerManager(context: ComponentContext): ControlPlaneComponent {
  const { paths, programs, pki, ports, clusterName } = context;
  const kubeconfig = paths.kubeconfig("kube-controller-manager");
  const authority = paths.authority("cluster").certificate;
  const { certificate, key } = paths.certificate("kube-controller-manager");
  const mark = componentMarks(paths)["kube-controller-manager"];
  return {
    name: "kube-controller-manager",
    program: programs.kubeControllerManager,
    mark,
    ports: ["controller-manager"],
    files: [{ path: kubeconfig, content: clientKubeconfig("kube-controller-manager", apiServerAddress(ports), pki) }],
    inputs: [certificate, authority],
    readyTimeoutMs: READY_TIMEOUT_MS,
    ready: () =>
      answersOk(`https://127.0.0.1:${ports["controller-manager"]}/healthz`, {
        certificateAuthority: pki.authorities.cluster.certificate,
      }),
    arguments: [
      mark.argument,
      ...flags({
        "authentication-kubeconfig": kubeconfig,
        "authorization-kubeconfig": kubeconfig,
        "bind-address": "127.0.0.1",
        "secure-port": ports["controller-manager"],
        "tls-cert-file": certificate,
        "tls-private-key-file": key,
        "client-ca-file": authority,
        "root-ca-file": authority,
        "service-account-private-key-file": paths.serviceAccountKey,
        "use-service-account-credentials": true,
        controllers: "*,-node-ipam-controller",
        "cluster-name": clusterName,
        "leader-elect": false,
        // Room for a machine that sleeps or is busy: heartbeats of simulated nodes come every 20 to 25 seconds.
        "node-monitor-grace-period": "90s",
        // A whole platform is applied at once; 20 requests per second, the default, would be the slowest part of it.
        "kube-api-qps": 100,
        "kube-api-burst": 200,
        // Its default is a folder of the machine, which it would make.
        "flex-volume-plugin-dir": paths.volumePlugins,
        profiling: false,
      }),
    ],
  };
}
