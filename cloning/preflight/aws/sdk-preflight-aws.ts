import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { paginateListClusters } from "@aws-sdk/client-eks";
import { GetAccountSummaryCommand } from "@aws-sdk/client-iam";
import { paginateListBuckets } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { homeRegion } from "../../../catalog";
import type { PreflightAws } from "../preflight-aws";
import { type AwsAccess, type Clients, clientsFor } from "./clients";
import { ec2Questions } from "./ec2-questions";
import { nameQuestions } from "./name-questions";
import { once } from "./once";
import { allPages } from "./pages";
import { question } from "./question";
import { quotaQuestions } from "./quota-questions";
import { secretQuestion } from "./secret-question";

/** Asks through AWS's own clients. */
export function sdkPreflightAws(region: string, access: AwsAccess): PreflightAws {
  const clients = clientsFor(region, access);
  const home = homeRegion(region);
  const homeClients = home === region ? clients : clientsFor(home, access);
  const bucketNames = once(() =>
    question("s3:ListAllMyBuckets", async () => {
      const buckets = await allPages(paginateListBuckets({ client: clients.s3 }, {}), (page) => page.Buckets);
      return buckets.map(({ Name = "" }) => Name);
    }),
  );
  const names = nameQuestions(clients, bucketNames);
  return {
    ...accountQuestions(region, clients, homeClients),
    ...quotaQuestions(region, (place) => (place === region ? clients : homeClients).quotas),
    ...ec2Questions(clients.ec2),
    bucketNames,
    name: (kind, name) => names[kind](name),
    secret: (name) => secretQuestion(clients, name),
  };
}

/** Looks for credentials as every AWS tool does; rejects when there are none, or none that can be used. */
export async function findCredentials(region: string): Promise<void> {
  await new STSClient({ region }).config.credentials();
}

function accountQuestions(
  region: string,
  clients: Clients,
  homeClients: Clients,
): Pick<PreflightAws, "account" | "regionEnabled" | "clusterNames" | "roleCount"> {
  return {
    account: () =>
      question("sts:GetCallerIdentity", async () => {
        // The home region answers, also when the environment's own is not switched on.
        return (await homeClients.sts.send(new GetCallerIdentityCommand({}))).Account ?? "";
      }),
    regionEnabled: () =>
      question("ec2:DescribeRegions", async () => {
        const { Regions = [] } = await homeClients.ec2.send(new DescribeRegionsCommand({ AllRegions: true }));
        const found = Regions.find(({ RegionName }) => RegionName === region);
        return found && found.OptInStatus !== "not-opted-in";
      }),
    clusterNames: () =>
      question("eks:ListClusters", () =>
        allPages(paginateListClusters({ client: clients.eks }, {}), (page) => page.clusters),
      ),
    roleCount: () =>
      question("iam:GetAccountSummary", async () => {
        const { SummaryMap = {} } = await clients.iam.send(new GetAccountSummaryCommand({}));
        return SummaryMap.Roles ?? 0;
      }),
  };
}
