import { actionOf } from "./action-of";
import type { AwsCall } from "./aws-call";
import type { EksBackend } from "../eks/contract";
import { callerOf, signatureScope } from "./signature-scope";

/** A request as it came over the wire. */
export interface RawRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  /** Name, value, name, value …, as sent. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/**
 * Understands a request as an AWS call.
 *
 * @param eks names the operations of EKS
 * @returns undefined when the request is not signed and so belongs to nobody
 */
export function parseCall(request: RawRequest, eks?: Pick<EksBackend, "operation">): AwsCall | undefined {
  const cut = request.url.indexOf("?");
  const path = cut < 0 ? request.url : request.url.slice(0, cut);
  const query = new URLSearchParams(cut < 0 ? "" : request.url.slice(cut + 1));
  const scope = signatureScope(request.headers, query);
  if (scope === undefined) return undefined;
  const { service, region } = scope;
  const parts = { ...request, path, query };
  return { ...parts, ...callerOf(scope.accessKey), service, region, ...named(service, parts, eks) };
}

function named(
  service: string,
  parts: RawRequest & { path: string; query: URLSearchParams },
  eks: Pick<EksBackend, "operation"> | undefined,
): Pick<AwsCall, "action" | "protocol" | "mutates" | "unsupported"> {
  if (service !== "eks" || eks === undefined) return actionOf(service, parts);
  const operation = eks.operation(parts);
  if (operation !== undefined) return { action: operation.name, protocol: "rest-json", mutates: operation.mutates };
  const action = `${parts.method} ${parts.path}`;
  return { action, protocol: "rest-json", mutates: false, unsupported: action };
}
