import { stringify } from "yaml";
import type { CertificateName } from "../pki/control-plane-certificates";
import type { PublicKeyInfrastructure } from "../pki/public-key-infrastructure";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** A kubeconfig that holds all it needs: the authority of the server, a client certificate and its key. */
export function clientKubeconfig(
  name: CertificateName,
  server: string,
  { authorities, certificates }: PublicKeyInfrastructure,
  context: string = name,
): string {
  const { certificate, key } = certificates[name];
  return kubeconfig({
    name: context,
    cluster: { server, "certificate-authority-data": base64(authorities.cluster.certificate) },
    user: { "client-certificate-data": base64(certificate), "client-key-data": base64(key) },
  });
}

/** A kubeconfig by which the API server calls a webhook on loopback. */
export function webhookKubeconfig(url: string): string {
  return kubeconfig({ name: "sandbox", cluster: { server: url }, user: {} });
}

function kubeconfig({ name, cluster, user }: { name: string; cluster: object; user: object }): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
}
