import { answersOk } from "../processes/probe";
import type { ComponentContext, ControlPlaneComponent } from "./context";
import { flags } from "./context";
import { componentMarks } from "./marks";

const READY_TIMEOUT_MS = 60_000;
/** Objects of a cluster of this size are a few megabytes; this is etcd's own proposal for the upper end. */
const DATA_LIMIT_BYTES = 2 * 1024 ** 3;

/**
 * The store of the API server, one member.
 *
 * TLS with client certificates of an authority of its own, for clients and for the peer port alike: whoever else has an
 * account on this machine can open a connection to loopback, and must get no further.
 *
 * Writes are synced to the disk. What was stored would survive killed processes without that too, since the kernel has
 * it by then, but not a machine that loses power; the sandbox's records of AWS would then describe a cluster that is gone.
 */
export function etcd({ paths, programs, pki, ports }: ComponentContext): ControlPlaneComponent {
  const client = `https://127.0.0.1:${ports.etcd}`;
  const peer = `https://127.0.0.1:${ports["etcd-peer"]}`;
  const { certificate, key } = paths.certificate("etcd");
  const authority = paths.authority("etcd").certificate;
  const { etcd: mark } = componentMarks(paths);
  const probe = pki.certificates["kube-apiserver-etcd"];
  return {
    name: "etcd",
    program: programs.etcd,
    mark,
    ports: ["etcd", "etcd-peer"],
    files: [],
    inputs: [certificate, authority],
    readyTimeoutMs: READY_TIMEOUT_MS,
    ready: () => answersOk(`${client}/health`, { certificateAuthority: pki.authorities.etcd.certificate, ...probe }),
    arguments: [
      mark.argument,
      ...flags({
        name: "sandbox",
        "listen-client-urls": client,
        "advertise-client-urls": client,
        "listen-peer-urls": peer,
        "initial-advertise-peer-urls": peer,
        "initial-cluster": `sandbox=${peer}`,
        "client-cert-auth": true,
        "trusted-ca-file": authority,
        "cert-file": certificate,
        "key-file": key,
        "peer-client-cert-auth": true,
        "peer-trusted-ca-file": authority,
        "peer-cert-file": certificate,
        "peer-key-file": key,
        "tls-min-version": "TLS1.3",
        "quota-backend-bytes": DATA_LIMIT_BYTES,
        "log-level": "warn",
      }),
    ],
  };
}
