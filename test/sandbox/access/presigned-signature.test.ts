import { hasValidSignature } from "../../../sandbox/access/presigned-signature";
import { presignedUrl } from "./tokens";

// Made by `aws eks get-token --cluster-name c` of AWS CLI 1.46.3.
const RECORDED = {
  host: "127.0.0.1:4566",
  url: "/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=FD-111111111111-x%2F20261121%2Fus-east-1%2Fsts%2Faws4_request&X-Amz-Date=20261121T171216Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id&X-Amz-Signature=04be38cfb0f440301115aeac423c1592a6f5a6ef3f9ca1b7807b565635a48a1d",
  secretKey: "sandbox",
  headers: { "x-k8s-aws-id": "c" },
};

test("the signature of the AWS command line is valid", () => {
  expect(hasValidSignature(RECORDED)).toBe(true);
});

test.each([
  ["another cluster", { headers: { "x-k8s-aws-id": "d" } }],
  ["another secret key", { secretKey: "other" }],
  ["another host", { host: "127.0.0.1:4567" }],
  ["another time", { url: RECORDED.url.replace("171216Z", "171217Z") }],
  ["another key", { url: RECORDED.url.replace("FD-111111111111-x", "FD-222222222222-x") }],
  ["a header whose value nobody knows", { headers: {} }],
])("with %s it is not", (_, changed) => {
  expect(hasValidSignature({ ...RECORDED, ...changed })).toBe(false);
});

test("a session's token is signed too", () => {
  const url = new URL(presignedUrl({ secretKey: "s", sessionToken: "a/b+c=" }));
  const signed = { host: url.host, url: url.pathname + url.search, secretKey: "s" };
  expect(hasValidSignature({ ...signed, headers: { "x-k8s-aws-id": "atlas-dev" } })).toBe(true);
});
