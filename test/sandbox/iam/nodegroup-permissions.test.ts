import { callRecord } from "../../../sandbox/gateway/aws-route";
import type { CallRecord } from "../../../sandbox/gateway/call-log";
import { internalCall } from "../../../sandbox/gateway/aws-port";
import { policyFromCalls } from "../../../sandbox/iam/policy-from-calls";

const caller = { account: "111111111111", principal: "atlas-dev-cluster", region: "eu-west-1" };
let ids = 0;
function eks(action: string, body: object | string, region = "eu-west-1"): CallRecord {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const sent = { ...caller, region, service: "eks", method: "POST", url: "/clusters/c/node-groups", body: text };
  return { id: ++ids, ...callRecord({ ...internalCall(sent), action }, { status: 200, ms: 1 }) };
}
function ec2(action: string): CallRecord {
  const headers = ["content-type", "application/x-www-form-urlencoded"];
  const body = `Action=${action}&TagSpecification.1.ResourceType=launch-template`;
  const call = internalCall({ ...caller, service: "ec2", method: "POST", url: "/", headers, body });
  return { id: ++ids, ...callRecord(call, { status: 200, ms: 1 }) };
}
const allowed = (action: string, ...calls: CallRecord[]) =>
  policyFromCalls(calls).Statement.find(({ Action }) => Action.includes(action))?.Resource;
const TEMPLATE = { launchTemplate: { id: "lt-00000001", version: "1" } };

describe.each(["CreateNodegroup", "UpdateNodegroupVersion"])("%s with a launch template", (action) => {
  test("needs what the caller needs to start instances from it", () => {
    const { actions } = eks(action, TEMPLATE);
    expect(actions).toEqual([`eks:${action}`, "ec2:RunInstances", "ec2:CreateTags"]);
  });

  test("needs it for all that such a start touches, and tags for what it makes alone", () => {
    const made = ["instance", "network-interface", "spot-instances-request", "volume"];
    const own = made.map((kind) => `arn:aws:ec2:eu-west-1:111111111111:${kind}/*`);
    const used = ["capacity-reservation", "launch-template", "placement-group", "security-group", "subnet"];
    expect(allowed("ec2:CreateTags", eks(action, TEMPLATE))).toEqual(own);
    expect(allowed("ec2:RunInstances", eks(action, TEMPLATE))).toEqual(
      [
        ...own,
        "arn:aws:ec2:eu-west-1:111111111111:key-pair/*",
        ...used.map((kind) => `arn:aws:ec2:eu-west-1:*:${kind}/*`),
        "arn:aws:ec2:eu-west-1::image/*",
        "arn:aws:ec2:eu-west-1::snapshot/*",
        "arn:aws:resource-groups:eu-west-1:111111111111:group/*",
      ].sort(),
    );
  });

  test("needs it in the partition of its region", () => {
    const resources = allowed("ec2:RunInstances", eks(action, TEMPLATE, "cn-north-1"));
    expect(resources).toContain("arn:aws-cn:ec2:cn-north-1::image/*");
  });

  test.each([["{}"], ['{"launchTemplate":null}'], ["null"], ["not json"]])("without one does not: %s", (body) => {
    expect(eks(action, body).actions).toEqual([`eks:${action}`]);
  });
});

test("other calls with a launch template need nothing further", () => {
  expect(eks("UpdateNodegroupConfig", TEMPLATE).actions).toEqual(["eks:UpdateNodegroupConfig"]);
});

test("tags that are allowed everywhere in the account need no list of what they are for", () => {
  const calls = [ec2("CreateLaunchTemplate"), eks("CreateNodegroup", TEMPLATE)];
  expect(allowed("ec2:CreateTags", ...calls)).toEqual(["arn:aws:ec2:eu-west-1:111111111111:*/*"]);
  expect(allowed("ec2:RunInstances", ...calls)).toContain("arn:aws:ec2:eu-west-1::image/*");
});
