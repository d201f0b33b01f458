import type { AwsCall, AwsResponse } from "../aws/aws-call";
import type { EksRequest, EksResponse } from "../eks/contract";

/** An EKS call in the terms of the EKS service. A body that is no JSON becomes undefined, which the service refuses. */
export function eksRequest({ method, path, query, body, account, region }: AwsCall): EksRequest {
  return { method, path, query, body: parseJson(body), account, region };
}

/** The EKS service's answer as it goes over the wire. */
export function eksAnswer({ status, body, headers }: EksResponse): AwsResponse {
  return {
    status,
    headers: ["content-type", "application/json", ...Object.entries(headers ?? {}).flat()],
    body: Buffer.from(JSON.stringify(body ?? {})),
  };
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
