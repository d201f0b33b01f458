import type { AwsCall, AwsResponse } from "../../../sandbox/aws/aws-call";
import { internalCall } from "../../../sandbox/gateway/aws-port";
import { createOverlays } from "../../../sandbox/overlays";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";

const caller = { account: "111111111111", principal: "p", region: "eu-west-1" };
const answer = (body: string, status = 200): AwsResponse => ({ status, headers: [], body: Buffer.from(body) });
const s3 = (method: string, url: string, body?: string) =>
  internalCall({ ...caller, service: "s3", method, url, body });
const kms = (action: string, body: object) =>
  internalCall({
    ...caller,
    service: "kms",
    method: "POST",
    url: "/",
    headers: ["x-amz-target", `TrentService.${action}`],
    body: JSON.stringify(body),
  });
const ec2 = (action: string) => internalCall({ ...caller, service: "ec2", method: "POST", url: `/?Action=${action}` });

async function through(
  call: AwsCall,
  moto: (sent: AwsCall) => AwsResponse,
  overlays = createOverlays(),
): Promise<string> {
  const response = await applyOverlays(overlays, call, { seq: 1, moto: (sent) => Promise.resolve(moto(sent)) });
  return response.body.toString();
}

test("a bucket's requests are paid by its owner", async () => {
  expect(await through(s3("GET", "/b?requestPayment"), () => answer("<ListBucketResult/>"))).toContain(
    "<Payer>BucketOwner</Payer>",
  );
  expect(await through(s3("GET", "/b?requestPayment"), () => answer("<Error/>", 404))).toBe("<Error/>");
});

test("a denial with a condition is kept where it forbids nothing, and read back as it was", async () => {
  const insecure = { Bool: { "aws:SecureTransport": "false" } };
  const deny = { Sid: "Tls", Effect: "Deny", Principal: "*", Action: "s3:*", Condition: insecure };
  const policy = {
    Version: "2012-10-17",
    Statement: [
      deny,
      { Effect: "Deny", Action: ["s3:DeleteBucket"] },
      { Effect: "Allow", Action: "s3:GetObject", Condition: {} },
      { Effect: "Deny", Principal: "*", Action: "s3:PutObject" },
    ],
  };
  let stored = "";
  await through(s3("PUT", "/b?policy", JSON.stringify(policy)), ({ body }) => {
    stored = body.toString();
    return answer("");
  });
  expect(JSON.parse(stored)).toEqual({
    ...policy,
    Statement: [
      { ...deny, Principal: { AWS: "sandbox-anybody" }, Action: "sandbox-inert:s3:*" },
      ...policy.Statement.slice(1),
    ],
  });
  expect(JSON.parse(await through(s3("GET", "/b?policy"), () => answer(stored)))).toEqual(policy);
});

test("a launch template gives instances only the tags meant for them", async () => {
  const item = (type: string) =>
    `<item><resourceType>${type}</resourceType><tagSet><item><key>a</key><value>b</value></item></tagSet></item>`;
  const xml = (items: string) => `<tagSpecificationSet>${items}</tagSpecificationSet>`;
  const described = (items: string) => through(ec2("DescribeLaunchTemplateVersions"), () => answer(xml(items)));
  expect(await described(item("instance") + item("launch-template"))).toBe(xml(item("instance")));
  expect(await described(item("launch-template"))).toBe("<tagSpecificationSet/>");
});

test("a key remembers how often it is rotated, by id and by ARN", async () => {
  const overlays = createOverlays();
  await through(kms("EnableKeyRotation", { KeyId: "k-1", RotationPeriodInDays: 90 }), () => answer(""), overlays);
  await through(kms("EnableKeyRotation", { KeyId: "k-2" }), () => answer(""), overlays);
  await through(kms("EnableKeyRotation", { KeyId: "k-3", RotationPeriodInDays: 90 }), () => answer("", 400), overlays);
  const period = async (KeyId: string, enabled = true) =>
    (
      JSON.parse(
        await through(
          kms("GetKeyRotationStatus", { KeyId }),
          () => answer(JSON.stringify({ KeyRotationEnabled: enabled })),
          overlays,
        ),
      ) as Record<string, unknown>
    )["RotationPeriodInDays"];
  expect(await period("arn:aws:kms:eu-west-1:111111111111:key/k-1")).toBe(90);
  expect(await period("k-2")).toBe(365);
  expect(await period("k-3")).toBe(365);
  expect(await period("k-1", false)).toBeUndefined();
});
