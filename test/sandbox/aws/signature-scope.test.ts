import { callerOf, sandboxAccessKey, signatureScope } from "../../../sandbox/aws/signature-scope";

const none = new URLSearchParams();

test.each([
  [
    "a header",
    [
      "Authorization",
      "AWS4-HMAC-SHA256 Credential=AKIA1/20260101/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=x",
    ],
    none,
  ],
  [
    "a header without spaces",
    [
      "authorization",
      "AWS4-HMAC-SHA256 Credential=AKIA1/20260101/eu-west-1/EC2/aws4_request,SignedHeaders=host,Signature=x",
    ],
    none,
  ],
  ["a presigned URL", [], new URLSearchParams("X-Amz-Credential=AKIA1%2F20260101%2Feu-west-1%2Fec2%2Faws4_request")],
])("the scope is read from %s", (_, headers, query) => {
  expect(signatureScope(headers, query)).toEqual({ accessKey: "AKIA1", region: "eu-west-1", service: "ec2" });
});

test.each([[[]], [["authorization", "Bearer abc"]], [["authorization", "AWS4-HMAC-SHA256 Credential=AKIA1/20260101"]]])(
  "%j is not signed",
  (headers) => {
    expect(signatureScope(headers, none)).toBeUndefined();
  },
);

test("an access key of the sandbox names account and principal", () => {
  expect(callerOf(sandboxAccessKey("111111111111", "atlas-dev-network"))).toEqual({
    account: "111111111111",
    principal: "atlas-dev-network",
  });
});

test.each(["test", "FD-1-short", "FD-111111111111-"])("%s calls in the default account", (key) => {
  expect(callerOf(key)).toEqual({ account: "000000000000", principal: key });
});
