import { randomUUID } from "node:crypto";
import type { AwsProtocol, AwsResponse } from "./aws-call";

/** An error as an AWS service would say it. */
export interface AwsErrorText {
  readonly status: number;
  /** Error code, e.g. `Throttling`. */
  readonly code: string;
  readonly message: string;
}

/** Writes an error in the protocol's own shape, so that SDKs read code and message from it. */
export function awsError(protocol: AwsProtocol, error: AwsErrorText): AwsResponse {
  const id = randomUUID();
  const body = errorBody(protocol, error, id);
  const json = protocol === "json" || protocol === "rest-json";
  const headers = ["content-type", json ? jsonType(protocol) : "text/xml", "x-amzn-requestid", id];
  if (json) headers.push("x-amzn-errortype", error.code);
  return { status: error.status, headers, body: Buffer.from(body) };
}

/** The refusal of an action that nothing here implements: a 4xx with a code that no SDK retries. */
export function notImplemented(protocol: AwsProtocol, service: string, action: string, detail: string): AwsResponse {
  const message = `The sandbox does not implement ${service} ${action}: ${detail}. Leave the resource that needs it out of sandbox deploys, or deploy it to AWS.`;
  return awsError(protocol, { status: 400, code: "SandboxNotImplemented", message });
}

function errorBody(protocol: AwsProtocol, { code, message }: AwsErrorText, id: string): string {
  switch (protocol) {
    case "json":
      return JSON.stringify({ __type: code, message });
    case "rest-json":
      return JSON.stringify({ code, message });
    case "ec2":
      return `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error></Errors><RequestID>${id}</RequestID></Response>`;
    case "s3":
      return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message><RequestId>${id}</RequestId></Error>`;
    case "query":
    case "rest-xml":
      return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${id}</RequestId></ErrorResponse>`;
  }
}

function jsonType(protocol: AwsProtocol): string {
  return protocol === "json" ? "application/x-amz-json-1.1" : "application/json";
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
