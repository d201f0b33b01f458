import { join } from "node:path";
import type { AuthorityName, CertificateName } from "./pki/control-plane-certificates";

/** Where a certificate and its key are. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** Files of a control plane; nothing of it lies elsewhere. */
export interface ControlPlanePaths {
  readonly directory: string;
  /** Who runs, and where. */
  readonly record: string;
  /** Held by the one process that runs this control plane. */
  readonly lock: string;
  /** Data of etcd: all objects of the cluster. */
  readonly data: string;
  readonly auditLog: string;
  readonly auditPolicy: string;
  readonly authentication: string;
  readonly authorization: string;
  readonly encryption: string;
  readonly encryptionKey: string;
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
  readonly kwokConfiguration: string;
  /** Stays empty. */
  readonly volumePlugins: string;
  authority(name: AuthorityName): CertificateFiles;
  certificate(name: CertificateName): CertificateFiles;
  kubeconfig(name: string): string;
  log(component: string): string;
}

/** @param directory folder of the control plane, absolute */
export function controlPlanePaths(directory: string): ControlPlanePaths {
  const pki = (name: string) => join(directory, "pki", name);
  const configuration = (name: string) => join(directory, "configuration", name);
  return {
    directory,
    record: join(directory, "control-plane.json"),
    lock: join(directory, "control-plane.lock"),
    data: join(directory, "etcd"),
    auditLog: join(directory, "audit", "audit.log"),
    auditPolicy: configuration("audit-policy.json"),
    authentication: configuration("authentication.json"),
    authorization: configuration("authorization.json"),
    encryption: configuration("encryption.json"),
    encryptionKey: pki("secrets.key"),
    serviceAccountKey: pki("service-accounts.key"),
    serviceAccountPublicKey: pki("service-accounts.pub"),
    kwokConfiguration: configuration("kwok.yaml"),
    volumePlugins: join(directory, "volume-plugins"),
    authority: (name) => ({ certificate: pki(`${name}-ca.crt`), key: pki(`${name}-ca.key`) }),
    certificate: (name) => ({ certificate: pki(`${name}.crt`), key: pki(`${name}.key`) }),
    kubeconfig: (name) => join(directory, "kubeconfigs", `${name}.yaml`),
    log: (component) => join(directory, "logs", `${component}.log`),
  };
}
