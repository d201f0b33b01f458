import type { AwsCall, AwsResponse } from "../aws/aws-call";
import type { AwsPort } from "../eks/contract";
import { parseCall } from "../aws/parse-call";
import { sandboxAccessKey } from "../aws/signature-scope";
import { SandboxError } from "../errors";

const API_VERSIONS: Readonly<Record<string, string>> = {
  autoscaling: "2011-01-01",
  ec2: "2016-11-15",
  iam: "2010-05-08",
  sts: "2011-06-15",
};

/** What a request from inside the sandbox is made of. */
export interface InternalRequest {
  readonly account: string;
  readonly principal: string;
  readonly region: string;
  readonly service: string;
  readonly method: string;
  readonly url: string;
  /** Name, value, …; signature and host are added. */
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A call as if a client had signed and sent it. */
export function internalCall(request: InternalRequest): AwsCall {
  const { account, principal, region, service, method, url, body = "" } = request;
  const credential = `${sandboxAccessKey(account, principal)}/20260101/${region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`;
  const headers = ["host", "127.0.0.1", "authorization", authorization, ...(request.headers ?? [])];
  const call = parseCall({ method, url, headers, body: Buffer.from(body) });
  if (call !== undefined) return call;
  throw new SandboxError("SANDBOX_REQUEST_REFUSED", `${service} ${method} ${url}: cannot be signed for ${principal}`);
}

/** Lets EKS call other services in the name of the caller it works for. */
export function awsPort(
  caller: Pick<AwsCall, "account" | "principal" | "region">,
  execute: (call: AwsCall) => Promise<AwsResponse>,
): AwsPort {
  return {
    async call(service, action, params) {
      const body = new URLSearchParams({ Action: action, Version: API_VERSIONS[service] ?? "", ...params });
      const headers = ["content-type", "application/x-www-form-urlencoded; charset=utf-8"];
      const { account, principal, region } = caller;
      const call = internalCall({
        account,
        principal,
        region,
        service,
        method: "POST",
        url: "/",
        headers,
        body: body.toString(),
      });
      const response = await execute(call);
      return { status: response.status, body: response.body.toString("utf8") };
    },
  };
}
