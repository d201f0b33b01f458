import type { AwsPort } from "../contract";
import { EksApiError, invalidParameter, type ErrorSubject } from "../errors";
import { tryParsePrincipalArn, type Place } from "../model/arns";
import { callXml, text } from "./aws-xml";

/** A role handed to EKS, and who has to be able to assume it. */
export interface RoleNeed {
  /** Field of the request, for messages. */
  readonly field: string;
  readonly arn: string;
  /**
   * Service principal that the trust policy must name.
   * @default - any trust policy will do
   */
  readonly trusts?: string;
}

/**
 * Checks that a role of the own account exists and trusts the service that will use it.
 * The wording avoids the phrases ("does not exist", "could not be assumed") at which the Terraform provider retries for
 * two minutes to bridge IAM's propagation: here IAM is consistent, so a missing role stays missing.
 *
 * @throws EksApiError InvalidParameterException
 */
export async function requireRole(aws: AwsPort, place: Place, need: RoleNeed, subject: ErrorSubject): Promise<void> {
  const principal = tryParsePrincipalArn(need.arn);
  if (principal === undefined || principal.kind !== "role") {
    throw invalidParameter(`${need.field} must be the ARN of an IAM role, got ${need.arn}`, subject);
  }
  if (principal.account !== place.account) {
    throw invalidParameter(`${need.field} must be a role of account ${place.account}, got ${need.arn}`, subject);
  }
  const result = await callXml(aws, "iam", "GetRole", { RoleName: principal.name });
  if (!result.ok) {
    if (result.error.code !== "NoSuchEntity") throw serverError("iam:GetRole", result.error.message, subject);
    throw invalidParameter(`No IAM role found for ${need.field}: ${need.arn}`, subject);
  }
  const trust = decode(text(result.node, "GetRoleResult", "Role", "AssumeRolePolicyDocument"));
  if (need.trusts !== undefined && !trust.includes(`"${need.trusts}"`)) {
    throw invalidParameter(
      `Following required service principals [${need.trusts}] were not found in the trust relationships of ${need.field} ${need.arn}`,
      subject,
    );
  }
}

/**
 * @returns ARN of the caller as an access entry wants it: of the role, not of the session
 */
export async function callerPrincipalArn(aws: AwsPort, place: Place): Promise<string> {
  const result = await callXml(aws, "sts", "GetCallerIdentity", {});
  if (!result.ok) throw serverError("sts:GetCallerIdentity", result.error.message, {});
  const arn = text(result.node, "GetCallerIdentityResult", "Arn");
  const session = /^arn:(aws[a-z-]*):sts::(\d{12}):(assumed-role|user)\/([^/]+)/.exec(arn);
  if (session === null) return arn;
  return `arn:${session[1]}:iam::${place.account}:${session[3] === "user" ? "user" : "role"}/${session[4]}`;
}

function serverError(call: string, message: string, subject: ErrorSubject): EksApiError {
  return new EksApiError("ServerException", `${call} failed: ${message}`, subject);
}

function decode(document: string): string {
  const plain = document.replaceAll("&quot;", '"');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
