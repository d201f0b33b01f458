import type { AwsCall } from "../../../sandbox/aws/aws-call";
import { internalCall } from "../../../sandbox/gateway/aws-port";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";
import { rdsInstances } from "../../../sandbox/overlays/rds-instances";

const INSIGHTS = {
  EnablePerformanceInsights: "true",
  PerformanceInsightsKMSKeyId: "arn:key",
  PerformanceInsightsRetentionPeriod: "465",
  DatabaseInsightsMode: "advanced",
};

function call(action: string, parameters: Record<string, string>, region = "eu-west-1"): AwsCall {
  return internalCall({
    ...{ account: "111111111111", principal: "p", region, service: "rds", method: "POST", url: "/" },
    headers: ["content-type", "application/x-www-form-urlencoded"],
    body: new URLSearchParams({ Action: action, ...parameters }).toString(),
  });
}

/** As moto answers: every instance with the same resource id. */
function block(name: string, more = ""): string {
  return `<DBInstance><DBInstanceIdentifier>${name}</DBInstanceIdentifier><DbiResourceId>db-SAME</DbiResourceId>${more}</DBInstance>`;
}

function sandbox(firstSeq = 1) {
  const overlays = [rdsInstances()];
  let seq = firstSeq;
  return async (sent: AwsCall, answer: (call: AwsCall) => string, status = 200) => {
    const moto = (call: AwsCall) => Promise.resolve({ status, headers: [], body: Buffer.from(answer(call)) });
    const { body } = await applyOverlays(overlays, sent, { seq: seq++, moto });
    return body.toString();
  };
}
type Sandbox = ReturnType<typeof sandbox>;

const create = (send: Sandbox, name: string, parameters: Record<string, string> = {}, region?: string) =>
  send(call("CreateDBInstance", { DBInstanceIdentifier: name, ...parameters }, region), () => block(name));
const describe1 = (send: Sandbox, name: string, region?: string) =>
  send(call("DescribeDBInstances", { DBInstanceIdentifier: name }, region), () => block(name));
const resourceIdIn = (text: string) => /<DbiResourceId>([^<]+)</.exec(text)?.[1] ?? "";
const withoutId = (text: string) => text.replace(/<DbiResourceId>[^<]+<\/DbiResourceId>/, "");
const shown = (name: string, settings: string) =>
  `<DBInstance><DBInstanceIdentifier>${name}</DBInstanceIdentifier>${settings}</DBInstance>`;

test("each instance has a resource id of its own, the same at each replay", async () => {
  const [send, replay] = [sandbox(7), sandbox(7)];
  const ids = [resourceIdIn(await create(send, "a")), resourceIdIn(await create(send, "b"))];

  expect(ids[0]).toMatch(/^db-[0-9A-F]{26}$/);
  expect(new Set(ids).size).toBe(2);
  expect(resourceIdIn(await describe1(send, "a"))).toBe(ids[0]);
  expect(resourceIdIn(await create(replay, "a"))).toBe(ids[0]);
});

test("an instance is found by its resource id, among those of its account and region", async () => {
  const send = sandbox();
  const id = resourceIdIn(await create(send, "a"));
  await create(send, "b");
  const search = { "Filters.Filter.1.Name": "dbi-resource-id", "Filters.Filter.1.Values.Value.1": id };
  const seen: string[] = [];
  const look = (region?: string) =>
    send(call("DescribeDBInstances", search, region), ({ body }) => (seen.push(body.toString()), block("a")));

  expect(resourceIdIn(await look())).toBe(id);
  await look("us-east-1");
  expect(seen.map((body) => Object.fromEntries(new URLSearchParams(body)))).toEqual([
    {
      Action: "DescribeDBInstances",
      "Filters.Filter.1.Name": "db-instance-id",
      "Filters.Filter.1.Values.Value.1": "a",
    },
    { Action: "DescribeDBInstances", ...search },
  ]);
});

test("insights are remembered, and changed", async () => {
  const send = sandbox();
  const key = "<PerformanceInsightsKMSKeyId>arn:key</PerformanceInsightsKMSKeyId>";
  const settings = (days: string, mode: string) =>
    `<PerformanceInsightsRetentionPeriod>${days}</PerformanceInsightsRetentionPeriod><DatabaseInsightsMode>${mode}</DatabaseInsightsMode>` +
    `<PerformanceInsightsEnabled>true</PerformanceInsightsEnabled>${key}`;

  expect(withoutId(await create(send, "a", INSIGHTS))).toBe(shown("a", settings("465", "advanced")));
  expect(withoutId(await describe1(send, "a"))).toBe(shown("a", settings("465", "advanced")));
  const changes = { DatabaseInsightsMode: "standard", PerformanceInsightsRetentionPeriod: "7" };
  await send(call("ModifyDBInstance", { DBInstanceIdentifier: "a", ...changes }), () => block("a"));
  const forgotten = block("a", "<DatabaseInsightsMode>moto's</DatabaseInsightsMode>");
  const described = send(call("DescribeDBInstances", {}), () => forgotten);
  expect(withoutId(await described)).toBe(shown("a", settings("7", "standard")));
});

test("without insights nothing of them is shown but that", async () => {
  const send = sandbox();

  expect(withoutId(await create(send, "a", { PerformanceInsightsKMSKeyId: "arn:key" }))).toBe(
    shown(
      "a",
      "<PerformanceInsightsEnabled>false</PerformanceInsightsEnabled><DatabaseInsightsMode>standard</DatabaseInsightsMode>",
    ),
  );
});

test("a renamed instance keeps its resource id, a deleted one loses it, and a refused one has none", async () => {
  const send = sandbox();
  const id = resourceIdIn(await create(send, "a"));
  const rename = { DBInstanceIdentifier: "a", NewDBInstanceIdentifier: "b" };
  expect(resourceIdIn(await send(call("ModifyDBInstance", rename), () => block("b")))).toBe(id);
  expect(await describe1(send, "a")).toBe(block("a"));
  const gone = await send(call("DeleteDBInstance", { DBInstanceIdentifier: "b" }), () => block("b"));
  expect(resourceIdIn(gone)).toBe(id);
  expect(await describe1(send, "b")).toBe(block("b"));

  await send(call("CreateDBInstance", { DBInstanceIdentifier: "c" }), () => "<Error/>", 400);
  await send(call("ModifyDBInstance", { DBInstanceIdentifier: "c", ...INSIGHTS }), () => "<Error/>", 404);
  expect(await describe1(send, "c")).toBe(block("c"));
});
