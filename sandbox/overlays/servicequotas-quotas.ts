import { type Quota, quotaRegion, quotas, tryFindQuotaByCode } from "../../catalog";
import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { awsError } from "../aws/aws-error";
import { identifierOf, type Overlay } from "./overlay";

interface QuotaCall {
  readonly ServiceCode?: string;
  readonly QuotaCode?: string;
  readonly DesiredValue?: number;
}

/** A request for more, as it was granted. */
interface Request {
  readonly Id: string;
  readonly quota: Quota;
  readonly value: number;
}

const SERVICE_NAMES: Readonly<Record<string, string>> = {
  ebs: "Amazon Elastic Block Store (Amazon EBS)",
  ec2: "Amazon Elastic Compute Cloud (Amazon EC2)",
  eks: "Amazon Elastic Kubernetes Service (Amazon EKS)",
  iam: "AWS Identity and Access Management (IAM)",
  kms: "AWS Key Management Service (AWS KMS)",
  rds: "Amazon Relational Database Service (Amazon RDS)",
  s3: "Amazon Simple Storage Service (Amazon S3)",
  vpc: "Amazon Virtual Private Cloud (Amazon VPC)",
};

/**
 * moto knows quotas of VPCs only, and grants none. Here are those of the catalogue, each with the value that a fresh account
 * has. A request for more, over which people at AWS sit for days, is granted at once.
 */
export function servicequotasQuotas(): Overlay {
  const granted = new Map<string, Request[]>();
  const history = (call: AwsCall) => granted.get(`${call.account}/${call.region}`) ?? [];
  const answers: Readonly<Record<string, (call: AwsCall, asked: QuotaCall, seq?: number) => AwsResponse | undefined>> =
    {
      GetServiceQuota: (call, asked) => one(call, asked, (quota) => valueOf(history(call), quota)),
      GetAWSDefaultServiceQuota: (call, asked) => one(call, asked, (quota) => quota.default),
      ListServiceQuotas: (call, asked) => all(call, asked, (quota) => valueOf(history(call), quota)),
      ListAWSDefaultServiceQuotas: (call, asked) => all(call, asked, (quota) => quota.default),
      RequestServiceQuotaIncrease: (call, asked, seq) => {
        const quota = quotaOf(call, asked);
        if (quota === undefined) return noSuchQuota();
        const value = asked.DesiredValue ?? 0;
        if (value <= valueOf(history(call), quota)) return notMore();
        const request = { Id: identifierOf(seq, 32), quota, value };
        granted.set(`${call.account}/${call.region}`, [...history(call), request]);
        return json({ RequestedQuota: described(call, request) });
      },
      ListRequestedServiceQuotaChangeHistoryByQuota: (call, asked) => {
        const quota = quotaOf(call, asked);
        if (quota === undefined) return noSuchQuota();
        const requests = history(call).filter((request) => request.quota === quota);
        return json({ RequestedQuotas: requests.map((request) => described(call, request)) });
      },
    };
  return {
    service: "servicequotas",
    actions: Object.keys(answers),
    answer: (call, { seq }) => Promise.resolve(answers[call.action]?.(call, parse(call.body), seq)),
  };
}

/** A quota that the catalogue does not hold is left to moto, and to its refusal. */
function one(call: AwsCall, asked: QuotaCall, value: (quota: Quota) => number): AwsResponse | undefined {
  const quota = quotaOf(call, asked);
  return quota && json({ Quota: written(call, quota, value(quota)) });
}

function all(call: AwsCall, { ServiceCode }: QuotaCall, value: (quota: Quota) => number): AwsResponse | undefined {
  const found = quotas().filter((quota) => quota.service === ServiceCode && isKeptIn(quota, call.region));
  return found.length === 0 ? undefined : json({ Quotas: found.map((quota) => written(call, quota, value(quota))) });
}

function quotaOf({ region }: AwsCall, { ServiceCode = "", QuotaCode = "" }: QuotaCall): Quota | undefined {
  const quota = tryFindQuotaByCode(ServiceCode, QuotaCode);
  return quota && isKeptIn(quota, region) ? quota : undefined;
}

/** Quotas of a whole account are known in one region only. */
function isKeptIn(quota: Quota, region: string): boolean {
  return quota.scope !== "account" || quotaRegion(quota, region) === region;
}

function valueOf(requests: readonly Request[], quota: Quota): number {
  return requests.filter((request) => request.quota === quota).at(-1)?.value ?? quota.default;
}

function written({ account, region }: AwsCall, quota: Quota, value: number): Record<string, unknown> {
  const { service, code, title, scope } = quota;
  return {
    ServiceCode: service,
    ServiceName: SERVICE_NAMES[service] ?? service,
    QuotaArn: `arn:aws:servicequotas:${region}:${account}:${service}/${code}`,
    QuotaCode: code,
    QuotaName: title,
    Value: value,
    Unit: "None",
    Adjustable: true,
    GlobalQuota: scope === "account",
  };
}

function described(call: AwsCall, { Id, quota, value }: Request): Record<string, unknown> {
  const { Value, Adjustable: _, ...rest } = written(call, quota, value);
  const { account, principal, region } = call;
  return { Id, ...rest, DesiredValue: Value, Status: "APPROVED", Requester: `${account}/${principal}/${region}` };
}

function noSuchQuota(): AwsResponse {
  const message = "The request failed because the specified service or quota does not exist.";
  return awsError("json", { status: 400, code: "NoSuchResourceException", message });
}

function notMore(): AwsResponse {
  const message = "You must provide a quota value greater than the current quota value.";
  return awsError("json", { status: 400, code: "IllegalArgumentException", message });
}

function json(body: unknown): AwsResponse {
  const headers = ["content-type", "application/x-amz-json-1.1"];
  return { status: 200, headers, body: Buffer.from(JSON.stringify(body)) };
}

function parse(body: Buffer): QuotaCall {
  try {
    return JSON.parse(body.toString("utf8")) as QuotaCall;
  } catch {
    return {};
  }
}
