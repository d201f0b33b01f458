import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { awsError } from "../aws/aws-error";
import { s3Operation } from "../aws/s3-operation";
import type { Overlay, OverlayContext } from "./overlay";
import { amendText, identifierOf, withBody } from "./overlay";

/**
 * moto forgets what a replication rule says of delete markers, filters, encryption and metrics, and takes buckets without
 * versions. Rules are read back as they were put, and refused where AWS would refuse them.
 */
export function s3Replication(): Overlay {
  // Names of buckets are unique in an account, whatever the region of the call.
  const documents = new Map<string, string>();
  return {
    service: "s3",
    actions: ["PutBucketReplication", "GetBucketReplication", "DeleteBucketReplication", "DeleteBucket"],
    answer: async (call, context) => {
      if (call.action !== "PutBucketReplication") return undefined;
      const document = withRuleIds(call.body.toString("utf8"), context.seq);
      const refusal = await refusalOf(call, document, context);
      if (refusal !== undefined) return invalidRequest(refusal);
      const response = await context.moto(withBody(call, document));
      if (response.status < 300) documents.set(keyOf(call), document);
      return response;
    },
    amend: (call, response) => {
      if (response.status >= 300 || call.action === "PutBucketReplication") return response;
      if (call.action === "GetBucketReplication") {
        return amendText(response, (text) => documents.get(keyOf(call)) ?? text);
      }
      documents.delete(keyOf(call));
      return response;
    },
  };
}

/** A bucket that is not there is left to moto to refuse. */
async function refusalOf(call: AwsCall, document: string, { moto }: OverlayContext): Promise<string | undefined> {
  const source = await moto(versioningOf(call, bucketOf(call)));
  if (source.status < 300 && !keepsVersions(source)) {
    return "Versioning must be 'Enabled' on the bucket to apply a replication configuration";
  }
  for (const [, destination = ""] of document.matchAll(/<Bucket>arn:[^:]*:s3:::([^<]+)<\/Bucket>/g)) {
    const response = await moto(versioningOf(call, destination));
    if (response.status >= 300) return "Destination bucket must exist.";
    if (!keepsVersions(response)) return "Destination bucket must have versioning enabled.";
  }
  return undefined;
}

function versioningOf(call: AwsCall, bucket: string): AwsCall {
  const query = new URLSearchParams({ versioning: "" });
  const request = { method: "GET", url: `/${bucket}?versioning`, path: `/${bucket}`, query, body: Buffer.alloc(0) };
  return { ...call, ...request, action: "GetBucketVersioning", mutates: false };
}

function keepsVersions(response: AwsResponse): boolean {
  return response.body.toString("utf8").includes("<Status>Enabled</Status>");
}

/** AWS names the rules that have no name. */
function withRuleIds(document: string, seq: number | undefined): string {
  let unnamed = 0;
  return document.replaceAll(/<Rule>.*?<\/Rule>/gs, (rule) =>
    rule.includes("<ID>") ? rule : rule.replace("<Rule>", `<Rule><ID>${identifierOf(seq, 40)}${unnamed++}</ID>`),
  );
}

function invalidRequest(message: string): AwsResponse {
  return awsError("s3", { status: 400, code: "InvalidRequest", message });
}

function bucketOf(call: AwsCall): string {
  return s3Operation(call.method, call.path, call.query).bucket ?? "";
}

function keyOf(call: AwsCall): string {
  return `${call.account}/${bucketOf(call)}`;
}
