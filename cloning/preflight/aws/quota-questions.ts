import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  paginateListRequestedServiceQuotaChangeHistoryByQuota,
  type ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { type Quota, quotaRegion } from "../../../catalog";
import type { PreflightAws } from "../preflight-aws";
import { allPages } from "./pages";
import { hasCode, question } from "./question";

/** What a request for more is while nobody has decided it. */
const OPEN_STATES = ["PENDING", "CASE_OPENED"];

/**
 * The questions that Service Quotas answers.
 *
 * @param region of the environment
 * @param clientOf the client of a region
 */
export function quotaQuestions(
  region: string,
  clientOf: (region: string) => ServiceQuotasClient,
): Pick<PreflightAws, "quota" | "openQuotaRequest"> {
  return {
    quota: (quota) => applied(clientOf(quotaRegion(quota, region)), quota),
    openQuotaRequest: (quota) =>
      question("servicequotas:ListRequestedServiceQuotaChangeHistoryByQuota", async () => {
        const client = clientOf(quotaRegion(quota, region));
        const pages = paginateListRequestedServiceQuotaChangeHistoryByQuota({ client }, codesOf(quota));
        const requests = await allPages(pages, (page) => page.RequestedQuotas);
        const open = requests.filter(({ Status = "" }) => OPEN_STATES.includes(Status));
        return open.length === 0 ? undefined : Math.max(...open.map(({ DesiredValue = 0 }) => DesiredValue));
      }),
  };
}

/** AWS has an applied value only of quotas that somebody has asked for; of others it knows the default. */
async function applied(client: ServiceQuotasClient, quota: Quota): Promise<number> {
  const codes = codesOf(quota);
  const value = await question("servicequotas:GetServiceQuota", async () => {
    try {
      return (await client.send(new GetServiceQuotaCommand(codes))).Quota?.Value;
    } catch (error) {
      if (hasCode(error, "NoSuchResourceException")) return undefined;
      throw error;
    }
  });
  if (value !== undefined) return value;
  return question("servicequotas:GetAWSDefaultServiceQuota", async () => {
    const answer = await client.send(new GetAWSDefaultServiceQuotaCommand(codes));
    return answer.Quota?.Value ?? quota.default;
  });
}

function codesOf({ service, code }: Quota): { ServiceCode: string; QuotaCode: string } {
  return { ServiceCode: service, QuotaCode: code };
}
