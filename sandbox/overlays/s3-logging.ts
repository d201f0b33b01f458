import type { AwsCall } from "../aws/aws-call";
import { s3Operation } from "../aws/s3-operation";
import type { Overlay } from "./overlay";
import { amendText } from "./overlay";

/** moto checks whether access logs can be delivered, as AWS does, but forgets how their keys are made. */
export function s3Logging(): Overlay {
  // Names of buckets are unique in an account, whatever the region of the call.
  const documents = new Map<string, string>();
  return {
    service: "s3",
    actions: ["PutBucketLogging", "GetBucketLogging", "DeleteBucket"],
    amend: (call, response) => {
      if (response.status >= 300) return response;
      if (call.action === "GetBucketLogging") {
        return amendText(response, (text) => documents.get(keyOf(call)) ?? text);
      }
      documents.delete(keyOf(call));
      if (call.action === "PutBucketLogging") documents.set(keyOf(call), call.body.toString("utf8"));
      return response;
    },
  };
}

function keyOf(call: AwsCall): string {
  return `${call.account}/${s3Operation(call.method, call.path, call.query).bucket ?? ""}`;
}
