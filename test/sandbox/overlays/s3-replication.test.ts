import type { AwsCall, AwsResponse } from "../../../sandbox/aws/aws-call";
import { internalCall } from "../../../sandbox/gateway/aws-port";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";
import { s3Replication } from "../../../sandbox/overlays/s3-replication";

const rule = (id: string, destination = "copy") =>
  `<Rule>${id}<DeleteMarkerReplication><Status>Enabled</Status></DeleteMarkerReplication><Destination><Bucket>arn:aws:s3:::${destination}</Bucket></Destination></Rule>`;
const replication = (...rules: string[]) => `<ReplicationConfiguration>${rules.join("")}</ReplicationConfiguration>`;

/** A world of buckets, each with versions or not. */
function sandbox(buckets: Readonly<Record<string, boolean>>) {
  const overlays = [s3Replication()];
  const stored: string[] = [];
  const moto = ({ method, path, query, body }: AwsCall): Promise<AwsResponse> => {
    const versioned = buckets[path.slice(1)];
    const respond = (status: number, text: string) => Promise.resolve({ status, headers: [], body: Buffer.from(text) });
    if (versioned === undefined) return respond(404, "NoSuchBucket");
    if (method === "PUT") stored.push(body.toString());
    if (query.has("versioning")) return respond(200, versioned ? "<Status>Enabled</Status>" : "<V/>");
    return respond(method === "GET" ? 200 : 204, "from moto");
  };
  const send = async (method: string, url: string, body = "") => {
    const account = "111111111111";
    const call = internalCall({ account, principal: "p", region: "eu-west-1", service: "s3", method, url, body });
    const response = await applyOverlays(overlays, call, { seq: 7, moto });
    return `${response.status} ${response.body.toString()}`;
  };
  return { send, stored };
}

test("rules are read back as they were put, and kept by moto too", async () => {
  const { send, stored } = sandbox({ b: true, copy: true });
  const document = replication(rule("<ID>all</ID>"));
  await send("PUT", "/b?replication", document);

  expect(await send("GET", "/b?replication")).toBe(`200 ${document}`);
  expect(stored).toEqual([document]);
});

test("rules without a name are given one, the same at each replay", async () => {
  const document = replication(rule(""), rule("<ID>all</ID>"), rule(""));
  const read = async () => {
    const { send } = sandbox({ b: true, copy: true });
    await send("PUT", "/b?replication", document);
    return send("GET", "/b?replication");
  };
  const ids = [...(await read()).matchAll(/<ID>([^<]+)<\/ID>/g)].map(([, id]) => id);

  expect(new Set(ids).size).toBe(3);
  expect(ids[1]).toBe("all");
  expect(await read()).toBe(await read());
});

test.each([
  [{ b: false, copy: true }, "Versioning must be 'Enabled' on the bucket to apply a replication configuration"],
  [{ b: true, copy: false }, "Destination bucket must have versioning enabled."],
  [{ b: true }, "Destination bucket must exist."],
])("buckets %j are refused", async (buckets, message) => {
  const { send, stored } = sandbox(buckets);

  expect(await send("PUT", "/b?replication", replication(rule("<ID>all</ID>")))).toContain(
    `400 <?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InvalidRequest</Code><Message>${message}`,
  );
  expect(stored).toEqual([]);
});

test("a bucket that is not there is refused by moto", async () => {
  const { send } = sandbox({ copy: true });

  expect(await send("PUT", "/b?replication", replication(rule("<ID>all</ID>")))).toBe("404 NoSuchBucket");
  expect(await send("GET", "/b?replication")).toBe("404 NoSuchBucket");
});

test.each(["/b?replication", "/b"])("deleting %s forgets the rules", async (url) => {
  const { send } = sandbox({ b: true, copy: true });
  await send("PUT", "/b?replication", replication(rule("<ID>all</ID>")));
  await send("DELETE", url);

  expect(await send("GET", "/b?replication")).toBe("200 from moto");
});
