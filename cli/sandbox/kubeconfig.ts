import { join } from "node:path";
import { stringify } from "yaml";
import { sandboxAccessKey } from "../../sandbox";

/** What a kubeconfig is made of. */
export interface KubeconfigOptions {
  /** Name of the context: `<project>-<stage>`. */
  readonly context: string;
  readonly cluster: {
    readonly account: string;
    readonly region: string;
    readonly name: string;
    /** `https://127.0.0.1:<port>`. */
    readonly endpoint: string;
    /** Path of the authority's certificate, PEM. */
    readonly certificateAuthorityFile: string;
  };
  /** Address of the sandbox. */
  readonly sandboxEndpoint: string;
  /** Folder of the virtual environment that holds `aws`. */
  readonly virtualEnvironment: string;
  /**
   * Role that is assumed for every token.
   * @default - whoever deploys
   */
  readonly role?: string;
}

/** Principal of the access key that a kubeconfig holds: it stands for whoever deploys. */
const PRINCIPAL = "kubectl";

/**
 * A kubeconfig that gets its tokens as one for EKS does, from `aws eks get-token`, with the keys and the address of the
 * sandbox. What the user's own shell has set for AWS is overridden: it must neither be used nor be sent anywhere.
 */
export function kubeconfig(options: KubeconfigOptions): string {
  const { context, cluster, role } = options;
  const { name, region } = cluster;
  const args = ["--region", region, "eks", "get-token", "--cluster-name", name, "--output", "json"];
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: join(options.virtualEnvironment, "bin", "aws"),
    args: role === undefined ? args : [...args, "--role-arn", role],
    env: Object.entries(environment(options)).map(([key, value]) => ({ name: key, value })),
    interactiveMode: "Never",
  };
  const server = { server: cluster.endpoint, "certificate-authority": cluster.certificateAuthorityFile };
  return stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: context, cluster: server }],
      users: [{ name: context, user: { exec } }],
      contexts: [{ name: context, context: { cluster: context, user: context } }],
      "current-context": context,
    },
    { lineWidth: 0 },
  );
}

function environment({ cluster, sandboxEndpoint }: KubeconfigOptions): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: sandboxAccessKey(cluster.account, PRINCIPAL),
    AWS_SECRET_ACCESS_KEY: "sandbox",
    AWS_SESSION_TOKEN: "",
    AWS_ENDPOINT_URL_STS: sandboxEndpoint,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false",
    NO_PROXY: "127.0.0.1,localhost",
  };
}
