import type { AwsCall } from "../../../sandbox/aws/aws-call";
import { internalCall } from "../../../sandbox/gateway/aws-port";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";
import { rdsParameters } from "../../../sandbox/overlays/rds-parameters";

function call(action: string, parameters: Record<string, string> = {}, region = "eu-west-1"): AwsCall {
  return internalCall({
    ...{ account: "111111111111", principal: "p", region, service: "rds", method: "POST", url: "/" },
    headers: ["content-type", "application/x-www-form-urlencoded"],
    body: new URLSearchParams({ Action: action, DBParameterGroupName: "pg", ...parameters }).toString(),
  });
}
const named = (...names: string[]) =>
  Object.fromEntries(names.map((name, index) => [`Parameters.Parameter.${index + 1}.ParameterName`, name]));

/** moto remembers all three for ever, and not who set them. */
const MOTO = ["a", "b", "c"]
  .map((name) => `<Parameter><ParameterName>${name}</ParameterName><ParameterValue>1</ParameterValue></Parameter>`)
  .join("");

function sandbox() {
  const overlays = [rdsParameters()];
  const send = async (sent: AwsCall, body = MOTO, status = 200) => {
    const moto = () => Promise.resolve({ status, headers: [], body: Buffer.from(body) });
    const response = await applyOverlays(overlays, sent, { seq: 1, moto });
    return { status: response.status, text: response.body.toString() };
  };
  const shown = async (region?: string) => {
    const { text } = await send(call("DescribeDBParameters", {}, region));
    return [...text.matchAll(/<ParameterName>(\w)<\/ParameterName><Source>user<\/Source><ParameterValue>1</g)].map(
      ([, name]) => name,
    );
  };
  return { send, shown };
}

test("parameters that were set are the user's", async () => {
  const { send, shown } = sandbox();
  await send(call("ModifyDBParameterGroup", named("a")));
  await send(call("ModifyDBParameterGroup", named("b", "c")));
  await send(call("ModifyDBParameterGroup", named("d")), "<Error/>", 400);

  expect(await shown()).toEqual(["a", "b", "c"]);
  expect(await shown("us-east-1")).toEqual([]);
});

test("parameters can be set back, some or all, and set again", async () => {
  const { send, shown } = sandbox();
  await send(call("ModifyDBParameterGroup", named("a", "b", "c")));
  const { text } = await send(call("ResetDBParameterGroup", named("a")));
  expect(text).toContain("<DBParameterGroupName>pg</DBParameterGroupName></ResetDBParameterGroupResult>");
  expect(await shown()).toEqual(["b", "c"]);

  await send(call("ModifyDBParameterGroup", named("a")));
  expect(await shown()).toEqual(["a", "b", "c"]);
  await send(call("ResetDBParameterGroup", { ResetAllParameters: "true" }));
  expect(await shown()).toEqual([]);
});

test("a group that is gone, or was never there, has none", async () => {
  const { send, shown } = sandbox();
  await send(call("ModifyDBParameterGroup", named("a")));
  await send(call("DeleteDBParameterGroup"), "");
  expect(await shown()).toEqual([]);
  expect(await send(call("ResetDBParameterGroup", named("a")), "<Error/>", 404)).toEqual({
    status: 404,
    text: "<Error/>",
  });
});
