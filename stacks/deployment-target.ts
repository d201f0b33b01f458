import type { AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import type { S3BackendConfig } from "cdktf";
import { ValidationError } from "../constructs";

/** Where the synthesised stacks are deployed to: AWS itself, or the sandbox gateway on this machine. */
export type DeploymentTarget =
  | { readonly kind: "aws" }
  | {
      readonly kind: "sandbox";
      /** Base address of the gateway, as in `http://127.0.0.1:4566`. */
      readonly endpoint: string;
    };

/** Every AWS service that a resource of the stacks calls, by the provider's endpoint name. A test compares it with the resources. */
export const SERVICES_IN_USE = [
  "budgets",
  "cloudformation",
  "ec2",
  "ecr",
  "eks",
  "elasticache",
  "events",
  "iam",
  "kms",
  "logs",
  "rds",
  "s3",
  "scheduler",
  "secretsmanager",
  "sqs",
  "sts",
] as const;

const LOOPBACK_ADDRESS = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/;

/**
 * The target for an address of the sandbox gateway: the sandbox, or AWS when there is none.
 *
 * @throws ValidationError `INVALID_SANDBOX_ENDPOINT` when the address is not one of this machine
 */
export function deploymentTarget(endpoint: string | undefined): DeploymentTarget {
  if (endpoint === undefined || endpoint === "") return { kind: "aws" };
  if (LOOPBACK_ADDRESS.test(endpoint)) return { kind: "sandbox", endpoint };
  const rule = "must be an address of this machine, as in http://127.0.0.1:4566, without a path";
  throw new ValidationError("INVALID_SANDBOX_ENDPOINT", [{ prop: "FLIGHTDECK_SANDBOX_ENDPOINT", rule, got: endpoint }]);
}

/** What the sandbox changes in the AWS provider; nothing for AWS itself. */
export function providerOverrides(
  target: DeploymentTarget,
  account: string,
  stackId: string,
): Partial<AwsProviderConfig> {
  if (target.kind === "aws") return {};
  return {
    ...sandboxCredentials(account, stackId),
    s3UsePathStyle: true,
    endpoints: [Object.fromEntries(SERVICES_IN_USE.map((service) => [service, target.endpoint]))],
  };
}

/** What the sandbox changes in the state backend, and so in every data source that reads a state; nothing for AWS itself. */
export function backendOverrides(target: DeploymentTarget, account: string, stackId: string): Partial<S3BackendConfig> {
  if (target.kind === "aws") return {};
  return {
    ...sandboxCredentials(account, stackId),
    usePathStyle: true,
    endpoints: { s3: target.endpoint, sts: target.endpoint },
  };
}

/** What the sandbox changes for the command that makes tokens of the cluster; nothing for AWS itself. */
export function tokenEnvironment(
  target: DeploymentTarget,
  account: string,
  stackId: string,
): Readonly<Record<string, string>> | undefined {
  if (target.kind === "aws") return undefined;
  const { accessKey, secretKey } = sandboxCredentials(account, stackId);
  return {
    AWS_ENDPOINT_URL: target.endpoint,
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: secretKey,
    AWS_SESSION_TOKEN: "",
  };
}

/** The gateway reads the account and the calling stack from the access key in each request's signature. */
function sandboxCredentials(account: string, stackId: string): { accessKey: string; secretKey: string } {
  return { accessKey: `FD-${account}-${stackId}`, secretKey: "sandbox" };
}
