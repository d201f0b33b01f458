import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { awsError } from "../aws/aws-error";
import { s3Operation } from "../aws/s3-operation";
import type { Overlay } from "./overlay";

/** A bucket's configurations by their ids. */
type Documents = Map<string, string>;

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

/**
 * Configurations of which a bucket has several, each with an id. moto knows no tiering configurations, forgets half of an
 * inventory, and takes the deletion of either for that of the bucket. They are read back as they were put.
 *
 * @param name of one configuration in the API, such as `InventoryConfiguration`
 */
export function s3ListedConfigurations(name: string): Overlay {
  // Names of buckets are unique in an account, whatever the region of the call.
  const buckets = new Map<string, Documents>();
  const actions = { get: `GetBucket${name}`, put: `PutBucket${name}`, delete: `DeleteBucket${name}` };
  const list = `ListBucket${name}s`;

  function perform(call: AwsCall, documents: Documents): AwsResponse {
    const id = call.query.get("id") ?? "";
    const document = documents.get(id);
    if (call.action === list) return xml(listOf(name, [...documents.values()]));
    if (call.action === actions.put) {
      documents.set(id, call.body.toString("utf8"));
      return { status: 200, headers: [], body: Buffer.alloc(0) };
    }
    if (document === undefined) return noSuchConfiguration();
    if (call.action === actions.get) return xml(document);
    documents.delete(id);
    return { status: 204, headers: [], body: Buffer.alloc(0) };
  }

  return {
    service: "s3",
    actions: [...Object.values(actions), list, "DeleteBucket"],
    answer: async (call, { moto }) => {
      if (call.action === "DeleteBucket") return undefined;
      const there = await moto(locationOf(call));
      if (there.status >= 300) return there;
      const documents = buckets.get(keyOf(call)) ?? new Map<string, string>();
      buckets.set(keyOf(call), documents);
      return perform(call, documents);
    },
    amend: (call, response) => {
      if (call.action === "DeleteBucket" && response.status < 300) buckets.delete(keyOf(call));
      return response;
    },
  };
}

function keyOf(call: AwsCall): string {
  return `${call.account}/${s3Operation(call.method, call.path, call.query).bucket ?? ""}`;
}

/** Asks for the bucket's location: the plainest request that fails when the bucket is not there. */
function locationOf(call: AwsCall): AwsCall {
  const query = new URLSearchParams({ location: "" });
  const action = "GetBucketLocation";
  return { ...call, method: "GET", url: `${call.path}?location`, query, body: Buffer.alloc(0), action, mutates: false };
}

function listOf(name: string, documents: readonly string[]): string {
  const root = name.startsWith("Inventory") ? "ListInventoryConfigurationsResult" : `ListBucket${name}sOutput`;
  const items = documents.map((document) => document.replace(/^<\?xml[^>]*\?>\s*/, ""));
  return `${XML}<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated>${items.join("")}</${root}>`;
}

function xml(document: string): AwsResponse {
  return { status: 200, headers: ["content-type", "application/xml"], body: Buffer.from(document) };
}

function noSuchConfiguration(): AwsResponse {
  const message = "The specified configuration does not exist.";
  return awsError("s3", { status: 404, code: "NoSuchConfiguration", message });
}
