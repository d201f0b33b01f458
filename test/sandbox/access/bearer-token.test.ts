import { readBearerToken } from "../../../sandbox/access/bearer-token";
import { bearerToken, DATE, NOW, presignedUrl } from "./tokens";

test("a token says who has signed it, where and what", () => {
  const url = new URL(presignedUrl());
  expect(readBearerToken(bearerToken(), NOW)).toEqual({
    kind: "token",
    token: {
      accessKey: "FD-111111111111-kubectl",
      region: "eu-west-1",
      host: "127.0.0.1:4566",
      url: url.pathname + url.search,
    },
  });
});

test.each(["", "eyJhbGciOiJSUzI1NiJ9.e30.c2ln", "k8s-aws-v2.aHR0cA"])("%j is a token of another scheme", (text) => {
  expect(readBearerToken(text, NOW)).toEqual({ kind: "foreign" });
});

test.each([
  ["no URL in it", "k8s-aws-v1.bm90IGEgdXJs", "the token holds no URL"],
  ["no base64", "k8s-aws-v1.a/b=", "the token holds no URL"],
  ["too long", `k8s-aws-v1.${"a".repeat(4086)}`, "the token has more than 4096 characters"],
  [
    "made for AWS",
    bearerToken({ host: "sts.eu-west-1.amazonaws.com" }),
    "the token is made for sts.eu-west-1.amazonaws.com, not for the sandbox: set AWS_ENDPOINT_URL to its address",
  ],
  [
    "made for another action",
    bearerToken({ query: { Action: "GetSessionToken" } }),
    "the token's action must be GetCallerIdentity, got GetSessionToken",
  ],
  [
    "without an action",
    bearerToken({ query: { Action: undefined } }),
    "the token's action must be GetCallerIdentity, got none",
  ],
  [
    "without the cluster among the signed headers",
    bearerToken({ query: { "X-Amz-SignedHeaders": "host" } }),
    "the token does not sign x-k8s-aws-id, the name of its cluster",
  ],
  [
    "with a parameter of its own",
    bearerToken({ behind: "&Tenant=1" }),
    "the token has the parameter tenant, which a token may not have",
  ],
  ["with a parameter twice", bearerToken({ behind: "&action=GetCallerIdentity" }), "the token has a parameter twice"],
  [
    "that lasts too long",
    bearerToken({ query: { "X-Amz-Expires": "901" } }),
    "the token's X-Amz-Expires must be a number of seconds up to 900, got 901",
  ],
  [
    "without a lifetime",
    bearerToken({ query: { "X-Amz-Expires": undefined } }),
    "the token's X-Amz-Expires must be a number of seconds up to 900, got none",
  ],
  [
    "without a time",
    bearerToken({ query: { "X-Amz-Date": "yesterday" } }),
    "the token's X-Amz-Date must be a time as in 20260101T120000Z, got yesterday",
  ],
  [
    "signed for another service",
    bearerToken({ query: { "X-Amz-Credential": "FD-111111111111-x/20260101/eu-west-1/iam/aws4_request" } }),
    "the token is not signed for STS",
  ],
  ["with a fragment", bearerToken({ behind: "#x" }), "the token's URL must have neither user nor fragment"],
])("a token %s is refused", (_, text, reason) => {
  expect(readBearerToken(text, NOW)).toEqual({ kind: "refused", reason });
});

test("a path, or no signature, is refused", () => {
  const encode = (url: string) => `k8s-aws-v1.${Buffer.from(url).toString("base64url")}`;
  expect(readBearerToken(encode(presignedUrl().replace("/?", "/x?")), NOW)).toEqual({
    kind: "refused",
    reason: "the token's path must be /, got /x",
  });
  expect(readBearerToken(encode(presignedUrl().replace(/&X-Amz-Signature=.*/, "")), NOW)).toEqual({
    kind: "refused",
    reason: "the token has no signature",
  });
});

describe("time", () => {
  const kindAt = (minutes: number, seconds = 0) =>
    readBearerToken(bearerToken(), NOW + (minutes * 60 + seconds) * 1000);

  test("a token is good for 15 minutes, whatever lifetime its signer gave it", () => {
    expect(kindAt(15).kind).toBe("token");
    expect(kindAt(15, 1)).toEqual({
      kind: "refused",
      reason: `the token has expired: it was made at ${DATE}, and is good for 15 minutes`,
    });
  });

  test("the signer's clock may be five minutes ahead", () => {
    expect(kindAt(-5).kind).toBe("token");
    expect(kindAt(-5, -1)).toEqual({
      kind: "refused",
      reason: `the token was made at ${DATE}, which is in the future`,
    });
  });
});
