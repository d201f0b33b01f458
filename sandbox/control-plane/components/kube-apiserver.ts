import { auditPolicy } from "../files/audit-policy";
import { authenticationConfiguration, authorizationConfiguration } from "../files/access-configuration";
import { encryptionConfiguration } from "../files/encryption-configuration";
import { webhookKubeconfig } from "../files/kubeconfig";
import { answersOk } from "../processes/probe";
import type { ComponentContext, ControlPlaneComponent } from "./context";
import { apiServerAddress, flags } from "./context";
import { componentMarks } from "./marks";

const READY_TIMEOUT_MS = 90_000;

/**
 * What EKS switches on beyond the defaults of Kubernetes, and what simulated pods cannot answer.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/platform-versions.html
 */
const ADMISSION = {
  "enable-admission-plugins": "NodeRestriction,ExtendedResourceToleration",
  "disable-admission-plugins": "MutatingAdmissionWebhook,ValidatingAdmissionWebhook",
};

/** The Kubernetes API, on loopback. */
export function kubeApiserver(context: ComponentContext): ControlPlaneComponent {
  const { paths, programs, pki, ports, serviceCidr, serviceAccountIssuer } = context;
  const mark = componentMarks(paths)["kube-apiserver"];
  return {
    name: "kube-apiserver",
    program: programs.kubeApiserver,
    mark,
    ports: ["api"],
    files: configurationOf(context),
    inputs: [
      ...(["kube-apiserver", "kube-apiserver-etcd", "front-proxy-client"] as const).map(
        (name) => paths.certificate(name).certificate,
      ),
      ...(["cluster", "etcd", "front-proxy"] as const).map((name) => paths.authority(name).certificate),
    ],
    readyTimeoutMs: READY_TIMEOUT_MS,
    ready: () =>
      answersOk(`${apiServerAddress(ports)}/readyz`, { certificateAuthority: pki.authorities.cluster.certificate }),
    arguments: [
      mark.argument,
      ...flags({
        "bind-address": "127.0.0.1",
        "secure-port": ports.api,
        "advertise-address": "127.0.0.1",
        // A loopback address is no valid endpoint of the service `kubernetes`, and nothing here could reach it.
        "endpoint-reconciler-type": "none",
        "service-cluster-ip-range": serviceCidr,
        // Device plugins and node agents are privileged.
        "allow-privileged": true,
        profiling: false,
        "event-ttl": "1h",
        ...ADMISSION,
        ...storageFlags(context),
        ...identityFlags(context),
        "service-account-issuer": serviceAccountIssuer,
        "service-account-key-file": paths.serviceAccountPublicKey,
        "service-account-signing-key-file": paths.serviceAccountKey,
        "authentication-config": paths.authentication,
        "authentication-token-webhook-config-file": paths.kubeconfig("authenticate"),
        "authentication-token-webhook-version": "v1",
        "authentication-token-webhook-cache-ttl": "10s",
        "authorization-config": paths.authorization,
        "audit-policy-file": paths.auditPolicy,
        "audit-log-maxsize": 32,
        "audit-log-maxbackup": 3,
      }),
    ],
  };
}

function storageFlags({ paths, ports }: ComponentContext): Record<string, string> {
  const { certificate, key } = paths.certificate("kube-apiserver-etcd");
  return {
    "etcd-servers": `https://127.0.0.1:${ports.etcd}`,
    "etcd-cafile": paths.authority("etcd").certificate,
    "etcd-certfile": certificate,
    "etcd-keyfile": key,
    "encryption-provider-config": paths.encryption,
  };
}

function identityFlags({ paths }: ComponentContext): Record<string, string> {
  const serving = paths.certificate("kube-apiserver");
  const proxy = paths.certificate("front-proxy-client");
  return {
    "tls-cert-file": serving.certificate,
    "tls-private-key-file": serving.key,
    "client-ca-file": paths.authority("cluster").certificate,
    "requestheader-client-ca-file": paths.authority("front-proxy").certificate,
    "requestheader-allowed-names": "front-proxy-client",
    "requestheader-username-headers": "X-Remote-User",
    "requestheader-group-headers": "X-Remote-Group",
    "requestheader-extra-headers-prefix": "X-Remote-Extra-",
    "proxy-client-cert-file": proxy.certificate,
    "proxy-client-key-file": proxy.key,
  };
}

function configurationOf({ paths, pki, webhooks }: ComponentContext): { path: string; content: string }[] {
  return [
    { path: paths.auditPolicy, content: auditPolicy() },
    { path: paths.authentication, content: authenticationConfiguration() },
    { path: paths.authorization, content: authorizationConfiguration(paths.kubeconfig("authorize")) },
    { path: paths.encryption, content: encryptionConfiguration(pki.encryptionKey) },
    { path: paths.kubeconfig("authenticate"), content: webhookKubeconfig(webhooks.authenticate) },
    { path: paths.kubeconfig("authorize"), content: webhookKubeconfig(webhooks.authorize) },
  ];
}
