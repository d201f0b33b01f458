import type { AwsProtocol } from "./aws-call";
import { headerOf } from "./aws-call";
import { s3Operation } from "./s3-operation";

/** The parts of a request that name its operation. */
export interface NamedParts {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** What a request is called, in which protocol it speaks, and whether it changes anything. */
export interface NamedAction {
  readonly action: string;
  readonly protocol: AwsProtocol;
  readonly mutates: boolean;
  readonly unsupported?: string;
}

const READING =
  /^(Describe|Get|List|Head|Lookup|Search|BatchGet|Query|Scan|Select|Check|Validate|Simulate|Verify|Filter|Estimate|Preview|Test|Assume)/;
/** Changes nothing, though the name does not say so: results of cryptography are random and never stored. */
const READING_EXACTLY = new Set([
  "kms:Encrypt",
  "kms:Decrypt",
  "kms:ReEncrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:GenerateRandom",
  "kms:Sign",
]);
const REST_XML = new Set(["route53", "cloudfront"]);

/** Names the operation of a request to a service other than EKS. */
export function actionOf(service: string, parts: NamedParts): NamedAction {
  if (service === "s3" && !parts.path.startsWith("/v20180820/")) return s3Action(parts);
  const target = headerOf(parts.headers, "x-amz-target");
  if (target !== undefined) {
    const action = target.slice(target.lastIndexOf(".") + 1);
    return { action, protocol: "json", mutates: mutates(service, action, parts.body) };
  }
  const action = queryAction(parts);
  if (action !== undefined) {
    return { action, protocol: service === "ec2" ? "ec2" : "query", mutates: mutates(service, action, parts.body) };
  }
  const readsOnly = parts.method === "GET" || parts.method === "HEAD";
  const protocol = REST_XML.has(service) || service === "s3" ? "rest-xml" : "rest-json";
  return { action: `${parts.method} ${parts.path}`, protocol, mutates: !readsOnly };
}

function s3Action(parts: NamedParts): NamedAction {
  const { action, unknown } = s3Operation(parts.method, parts.path, parts.query);
  const mutating = parts.method !== "GET" && parts.method !== "HEAD" && action !== "SelectObjectContent";
  return { action, protocol: "s3", mutates: mutating, ...(unknown === undefined ? {} : { unsupported: unknown }) };
}

function queryAction(parts: NamedParts): string | undefined {
  const type = headerOf(parts.headers, "content-type") ?? "";
  const form = type.startsWith("application/x-www-form-urlencoded")
    ? new URLSearchParams(parts.body.toString())
    : undefined;
  return form?.get("Action") ?? parts.query.get("Action") ?? undefined;
}

function mutates(service: string, action: string, body: Buffer): boolean {
  // moto creates the AWS managed key of a service when it is first looked at.
  if (service === "kms" && body.includes("alias/aws/")) return true;
  return !READING.test(action) && !READING_EXACTLY.has(`${service}:${action}`);
}
