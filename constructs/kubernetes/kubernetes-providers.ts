import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn, Lazy } from "cdktf";
import type { Construct } from "constructs";
import { PropChecks } from "../core/prop-checks";

/** Versions of the Kubernetes provider: the oldest that is tested, and the first major version that nothing was tried on. */
export const KUBERNETES_PROVIDER_WINDOW = ">= 2.38.0, < 3.0.0";
/** Versions of the Helm provider: the oldest that is tested, and the first major version that nothing was tried on. */
export const HELM_PROVIDER_WINDOW = ">= 3.1.1, < 4.0.0";

/** How a cluster's API server is found: each of them may be a reference to another stack. */
export interface ClusterAccess {
  /** Name of the EKS cluster. */
  readonly clusterName: string;
  /** Address of the API server, `https://…`. */
  readonly endpoint: string;
  /** Certificate of the API server's authority, PEM in base64. */
  readonly certificateAuthorityData: string;
}

/** How whoever deploys identifies to the cluster. */
export interface KubernetesProvidersOptions {
  /** Region of the cluster. */
  readonly region: string;
  /**
   * ARN of the role to identify as; it needs an access entry of the cluster.
   *
   * @default - whoever deploys identifies as they are
   */
  readonly roleArn?: string;
  /**
   * Environment variables for the command that makes the token, beside those of the process. They end up in the synthesised
   * JSON, so they must hold no credentials of a real account.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The providers of a cluster. */
export interface KubernetesProviders {
  /** Provider of typed Kubernetes resources. */
  readonly kubernetes: KubernetesProvider;
  /** Provider of Helm releases. */
  readonly helm: HelmProvider;
}

/**
 * Defines the Kubernetes and the Helm provider of a stack for one cluster. Both run `aws eks get-token` whenever they need a
 * token, so none is in the state, the plan or the JSON, and none runs out during a long apply. The cluster need not exist when
 * the stack is planned.
 *
 * @example
 * defineKubernetesProviders(this, cluster, { region: "eu-central-1" });
 *
 * @throws ValidationError `INVALID_KUBERNETES_PROVIDERS_OPTIONS`
 * @see https://registry.terraform.io/providers/hashicorp/kubernetes/2.38.0/docs#exec-plugins
 */
export function defineKubernetesProviders(
  scope: Construct,
  cluster: ClusterAccess,
  options: KubernetesProvidersOptions,
): KubernetesProviders {
  validateOptions(scope, cluster, options);
  const { region, roleArn, environment } = options;

  const { clusterName, endpoint: host } = cluster;
  const clusterCaCertificate = Fn.base64decode(cluster.certificateAuthorityData);
  const role = roleArn === undefined ? [] : ["--role-arn", roleArn];
  const exec = {
    // What `aws eks update-kubeconfig` writes; every version of the AWS CLI in use answers it.
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: ["eks", "get-token", "--cluster-name", clusterName, "--region", region, "--output", "json", ...role],
    // CDKTF writes the keys of a plain map in lower case.
    env: environment && (Lazy.anyValue({ produce: () => environment }) as unknown as Record<string, string>),
  };

  return {
    kubernetes: new KubernetesProvider(scope, "Kubernetes", { host, clusterCaCertificate, exec: [exec] }),
    helm: new HelmProvider(scope, "Helm", { kubernetes: { host, clusterCaCertificate, exec } }),
  };
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const VARIABLE = /^[A-Za-z_]\w*$/;

function validateOptions(scope: Construct, cluster: ClusterAccess, options: KubernetesProvidersOptions): void {
  const { region, roleArn, environment = {} } = options;
  const checks = new PropChecks(scope, "INVALID_KUBERNETES_PROVIDERS_OPTIONS");
  checks.require(cluster.endpoint.startsWith("https://"), "endpoint", "must start with https://", cluster.endpoint);
  checks.require(REGION.test(region), "region", "must be an AWS region, such as eu-central-1", region);
  const roleRule = "must be an ARN arn:<partition>:iam::<account>:role/<name>";
  checks.require(roleArn === undefined || ROLE_ARN.test(roleArn), "roleArn", roleRule, roleArn);
  for (const name of Object.keys(environment)) {
    const rule = "must be a name of an environment variable: letters, digits and underscores";
    checks.require(VARIABLE.test(name), `environment[${JSON.stringify(name)}]`, rule, name);
  }
  checks.throwIfAny();
}
