import type { AwsCall, AwsResponse } from "../../../sandbox/aws/aws-call";
import { internalCall } from "../../../sandbox/gateway/aws-port";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";
import { s3ListedConfigurations } from "../../../sandbox/overlays/s3-listed-configurations";

const answer = (status: number, body = ""): AwsResponse => ({ status, headers: [], body: Buffer.from(body) });
const call = (request: string, body = "", account = "111111111111") => {
  const [method = "", url = ""] = request.split(" ");
  return internalCall({ account, principal: "p", region: "eu-west-1", service: "s3", method, url, body });
};

/** A bucket `b` in one account, and what moto was asked. */
function sandbox(name = "InventoryConfiguration") {
  const overlays = [s3ListedConfigurations(name)];
  const asked: string[] = [];
  const moto = (sent: AwsCall) => {
    asked.push(`${sent.method} ${sent.url}`);
    return Promise.resolve(
      answer(sent.path === "/b" ? 200 : 404, sent.path === "/b" ? "" : "<Code>NoSuchBucket</Code>"),
    );
  };
  const send = async (request: string, body?: string, account?: string) => {
    const response = await applyOverlays(overlays, call(request, body, account), { seq: 1, moto });
    return `${response.status} ${response.body.toString()}`;
  };
  return { send, asked };
}

const INVENTORY = "<InventoryConfiguration><Id>x</Id></InventoryConfiguration>";

test("a configuration is read back as it was put, and moto is only asked for the bucket", async () => {
  const { send, asked } = sandbox();

  expect(await send("PUT /b?inventory&id=x", INVENTORY)).toBe("200 ");
  expect(await send("GET /b?inventory&id=x")).toBe(`200 ${INVENTORY}`);
  expect(new Set(asked)).toEqual(new Set(["GET /b?location"]));
});

test("a configuration that was never put, or deleted, is not there", async () => {
  const { send } = sandbox();
  await send("PUT /b?inventory&id=x", INVENTORY);

  expect(await send("DELETE /b?inventory&id=x")).toBe("204 ");
  expect(await send("GET /b?inventory&id=x")).toMatch(/^404 .*<Code>NoSuchConfiguration<\/Code>/s);
  expect(await send("DELETE /b?inventory&id=x")).toMatch(/^404 .*<Code>NoSuchConfiguration<\/Code>/s);
});

test.each([
  ["InventoryConfiguration", "inventory", "ListInventoryConfigurationsResult"],
  ["IntelligentTieringConfiguration", "intelligent-tiering", "ListBucketIntelligentTieringConfigurationsOutput"],
])("every %s of a bucket is listed", async (name, subresource, root) => {
  const { send } = sandbox(name);
  await send(`PUT /b?${subresource}&id=x`, `<?xml version="1.0"?>\n<${name}><Id>x</Id></${name}>`);
  await send(`PUT /b?${subresource}&id=y`, `<${name}><Id>y</Id></${name}>`);

  const list = await send(`GET /b?${subresource}`);
  expect(list).toContain(`<${root} `);
  expect(list).toContain(`<${name}><Id>x</Id></${name}><${name}><Id>y</Id></${name}>`);
});

test("a bucket that is not there is refused by moto, and nothing is remembered for it", async () => {
  const { send } = sandbox();

  expect(await send("PUT /none?inventory&id=x", INVENTORY)).toBe("404 <Code>NoSuchBucket</Code>");
});

test("a deleted bucket takes its configurations with it, one that could not be deleted keeps them", async () => {
  const { send } = sandbox();
  await send("PUT /b?inventory&id=x", INVENTORY);
  await send("DELETE /none");
  expect(await send("GET /b?inventory&id=x")).toBe(`200 ${INVENTORY}`);

  await send("DELETE /b");
  expect(await send("GET /b?inventory&id=x")).toMatch(/^404/);
});

test("accounts do not see each other's configurations", async () => {
  const { send } = sandbox();
  await send("PUT /b?inventory&id=x", INVENTORY);

  expect(await send("GET /b?inventory&id=x", "", "222222222222")).toMatch(/^404/);
});
