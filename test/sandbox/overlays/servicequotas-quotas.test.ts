import type { AwsCall } from "../../../sandbox/aws/aws-call";
import { internalCall } from "../../../sandbox/gateway/aws-port";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";
import { servicequotasQuotas } from "../../../sandbox/overlays/servicequotas-quotas";

const P = { ServiceCode: "ec2", QuotaCode: "L-417A185B" };
const ROLES = { ServiceCode: "iam", QuotaCode: "L-FE177D64" };

interface Answer {
  readonly Quota?: Record<string, unknown>;
  readonly Quotas?: unknown;
  readonly RequestedQuota?: Record<string, unknown>;
  readonly RequestedQuotas?: unknown;
  readonly __type?: string;
}

function call(action: string, body: object, region = "us-east-1", account = "111111111111"): AwsCall {
  return internalCall({
    ...{ account, principal: "p", region, service: "servicequotas", method: "POST", url: "/" },
    headers: ["x-amz-target", `ServiceQuotasV20190624.${action}`],
    body: JSON.stringify(body),
  });
}

function sandbox() {
  const overlays = [servicequotasQuotas()];
  let seq = 0;
  const moto = () => Promise.resolve({ status: 400, headers: [], body: Buffer.from('{"__type":"moto"}') });
  return async (sent: AwsCall) => {
    const { status, body } = await applyOverlays(overlays, sent, { seq: ++seq, moto });
    return { status, ...(JSON.parse(body.toString()) as Answer) };
  };
}

test("a fresh account has AWS's defaults", async () => {
  const send = sandbox();
  expect(await send(call("GetServiceQuota", P))).toEqual({
    status: 200,
    Quota: {
      ServiceCode: "ec2",
      ServiceName: "Amazon Elastic Compute Cloud (Amazon EC2)",
      QuotaArn: "arn:aws:servicequotas:us-east-1:111111111111:ec2/L-417A185B",
      QuotaCode: "L-417A185B",
      QuotaName: "Running On-Demand P instances",
      Value: 0,
      Unit: "None",
      Adjustable: true,
      GlobalQuota: false,
    },
  });
});

test("a request for more is granted at once, in that account and region, and remembered", async () => {
  const send = sandbox();
  const { RequestedQuota } = await send(call("RequestServiceQuotaIncrease", { ...P, DesiredValue: 768 }));
  expect(RequestedQuota).toMatchObject({ DesiredValue: 768, Status: "APPROVED", QuotaCode: "L-417A185B" });
  expect(RequestedQuota!.Id).toMatch(/^[0-9a-f]{32}$/);

  expect((await send(call("GetServiceQuota", P))).Quota).toMatchObject({ Value: 768 });
  expect((await send(call("GetAWSDefaultServiceQuota", P))).Quota).toMatchObject({ Value: 0 });
  expect((await send(call("GetServiceQuota", P, "eu-west-1"))).Quota).toMatchObject({ Value: 0 });
  expect((await send(call("GetServiceQuota", P, "us-east-1", "222222222222"))).Quota).toMatchObject({ Value: 0 });
  expect((await send(call("ListRequestedServiceQuotaChangeHistoryByQuota", P))).RequestedQuotas).toEqual([
    RequestedQuota,
  ]);
});

test("a request for no more than there is, is refused", async () => {
  const send = sandbox();
  await send(call("RequestServiceQuotaIncrease", { ...P, DesiredValue: 768 }));
  expect(await send(call("RequestServiceQuotaIncrease", { ...P, DesiredValue: 768 }))).toEqual({
    status: 400,
    __type: "IllegalArgumentException",
    message: "You must provide a quota value greater than the current quota value.",
  });
});

test("a service's quotas are listed with what is granted, and with what is the default", async () => {
  const send = sandbox();
  await send(call("RequestServiceQuotaIncrease", { ...P, DesiredValue: 8 }));
  const valueOf = (list: unknown) =>
    (list as { QuotaCode: string; Value: number }[]).find(({ QuotaCode }) => QuotaCode === P.QuotaCode)?.Value;
  expect(valueOf((await send(call("ListServiceQuotas", { ServiceCode: "ec2" }))).Quotas)).toBe(8);
  expect(valueOf((await send(call("ListAWSDefaultServiceQuotas", { ServiceCode: "ec2" }))).Quotas)).toBe(0);
});

test("quotas of a whole account are known in its home region only", async () => {
  const send = sandbox();
  expect((await send(call("GetServiceQuota", ROLES))).Quota).toMatchObject({ Value: 1000, GlobalQuota: true });
  expect((await send(call("GetServiceQuota", ROLES, "eu-west-1"))).__type).toBe("moto");
  expect(await send(call("RequestServiceQuotaIncrease", { ...ROLES, DesiredValue: 2000 }, "eu-west-1"))).toMatchObject({
    status: 400,
    __type: "NoSuchResourceException",
  });
});

test("what the catalogue does not hold is left to moto", async () => {
  const send = sandbox();
  const unknown = { ServiceCode: "lambda", QuotaCode: "L-B99A9384" };
  expect((await send(call("GetServiceQuota", unknown))).__type).toBe("moto");
  expect((await send(call("ListServiceQuotas", unknown))).__type).toBe("moto");
  expect((await send(call("ListRequestedServiceQuotaChangeHistoryByQuota", unknown))).__type).toBe(
    "NoSuchResourceException",
  );
});
