import { findQuota } from "../../../../catalog";
import { quotaQuestions } from "../../../../cloning/preflight/aws/quota-questions";
import { awsFailure, type Answers, recordedClients } from "./recorded-clients";

const P = findQuota("on-demand-p");

function ask(answers: Answers, asked: string[] = []) {
  const { quotas } = recordedClients(answers);
  return quotaQuestions("eu-west-1", (region) => {
    asked.push(region);
    return quotas;
  });
}

test("the value that is applied", async () => {
  const GetServiceQuotaCommand = (input: object) => {
    expect(input).toEqual({ ServiceCode: "ec2", QuotaCode: "L-417A185B" });
    return { Quota: { Value: 192 } };
  };
  expect(await ask({ GetServiceQuotaCommand }).quota(P)).toBe(192);
});

test("AWS's default, where nobody has asked for more", async () => {
  const GetServiceQuotaCommand = awsFailure("NoSuchResourceException", 400);
  const answers = { GetServiceQuotaCommand, GetAWSDefaultServiceQuotaCommand: { Quota: { Value: 5 } } };
  expect(await ask(answers).quota(P)).toBe(5);
  await expect(ask({ GetServiceQuotaCommand }).quota(P)).rejects.toMatchObject({
    action: "servicequotas:GetAWSDefaultServiceQuota",
  });
});

test("a quota of the account in its home region", async () => {
  const asked: string[] = [];
  const aws = ask({ GetServiceQuotaCommand: { Quota: { Value: 1 } } }, asked);
  await aws.quota(P);
  await aws.quota(findQuota("iam-roles"));
  expect(asked).toEqual(["eu-west-1", "us-east-1"]);
});

test("the largest request that is open", async () => {
  const RequestedQuotas = [
    { Status: "PENDING", DesiredValue: 96 },
    { Status: "CASE_OPENED", DesiredValue: 192 },
    { Status: "DENIED", DesiredValue: 999 },
  ];
  const command = "ListRequestedServiceQuotaChangeHistoryByQuotaCommand";
  expect(await ask({ [command]: { RequestedQuotas } }).openQuotaRequest(P)).toBe(192);
  expect(await ask({ [command]: { RequestedQuotas: RequestedQuotas.slice(2) } }).openQuotaRequest(P)).toBeUndefined();
});
