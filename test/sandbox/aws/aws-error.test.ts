import { headerOf, type AwsProtocol } from "../../../sandbox/aws/aws-call";
import { notImplemented } from "../../../sandbox/aws/aws-error";

const MESSAGE =
  "The sandbox does not implement svc DoIt: because of <that>. Leave the resource that needs it out of sandbox deploys, or deploy it to AWS.";
const XML = MESSAGE.replace("<that>", "&lt;that&gt;");

test.each<[AwsProtocol, string]>([
  ["ec2", `<Response><Errors><Error><Code>SandboxNotImplemented</Code><Message>${XML}</Message></Error></Errors>`],
  [
    "query",
    `<ErrorResponse><Error><Type>Sender</Type><Code>SandboxNotImplemented</Code><Message>${XML}</Message></Error>`,
  ],
  [
    "rest-xml",
    `<ErrorResponse><Error><Type>Sender</Type><Code>SandboxNotImplemented</Code><Message>${XML}</Message></Error>`,
  ],
  ["s3", `<Error><Code>SandboxNotImplemented</Code><Message>${XML}</Message>`],
  ["json", JSON.stringify({ __type: "SandboxNotImplemented", message: MESSAGE })],
  ["rest-json", JSON.stringify({ code: "SandboxNotImplemented", message: MESSAGE })],
])("an unknown action is refused in the shape of %s, with a status that no SDK retries", (protocol, expected) => {
  const { status, body, headers } = notImplemented(protocol, "svc", "DoIt", "because of <that>");
  expect(status).toBe(400);
  expect(body.toString()).toContain(expected);
  const json = protocol === "json" || protocol === "rest-json";
  expect(headerOf(headers, "x-amzn-errortype")).toBe(json ? "SandboxNotImplemented" : undefined);
});
