import type { AwsCall, AwsResponse } from "../aws/aws-call";

const JSON_HEADERS = ["content-type", "application/x-amz-json-1.1"] as const;

/** The parameters of a JSON call; none when it has no JSON. */
export function jsonInput<Input extends object>(call: AwsCall): Partial<Input> {
  try {
    return JSON.parse(call.body.toString("utf8")) as Partial<Input>;
  } catch {
    return {};
  }
}

/** The answer to a JSON call. */
export function jsonOutput(output: object): AwsResponse {
  return { status: 200, headers: JSON_HEADERS, body: Buffer.from(JSON.stringify(output)) };
}

/** The refusal of a JSON call. */
export function jsonError(code: string, message: string): AwsResponse {
  return { status: 400, headers: JSON_HEADERS, body: Buffer.from(JSON.stringify({ __type: code, message })) };
}
