import { BudgetsClient, DescribeBudgetsCommand } from "@aws-sdk/client-budgets";
import { CloudFormationClient, ListStacksCommand } from "@aws-sdk/client-cloudformation";
import {
  DescribeAddressesCommand,
  DescribeCapacityReservationsCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeLaunchTemplatesCommand,
  DescribeNatGatewaysCommand,
  DescribePlacementGroupsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { DescribeLogGroupsCommand, CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DescribePullThroughCacheRulesCommand, DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import {
  DescribeCacheParameterGroupsCommand,
  DescribeCacheSubnetGroupsCommand,
  DescribeReplicationGroupsCommand,
  DescribeSnapshotsCommand,
  DescribeUserGroupsCommand,
  DescribeUsersCommand,
  ElastiCacheClient,
} from "@aws-sdk/client-elasticache";
import { EventBridgeClient, ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { EKSClient, ListClustersCommand, ListNodegroupsCommand } from "@aws-sdk/client-eks";
import {
  IAMClient,
  ListInstanceProfilesCommand,
  ListOpenIDConnectProvidersCommand,
  ListPoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import { DescribeKeyCommand, KMSClient, ListAliasesCommand, ListKeysCommand } from "@aws-sdk/client-kms";
import {
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListSchedulesCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** Where to look: one account and region of one sandbox. */
export interface InventoryScope {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  /** The bucket that holds the Terraform state: it belongs to the account, not to an environment. */
  readonly stateBucket: string;
}

/** Names or ids of what exists, by kind; kinds with nothing are absent. */
export type Inventory = Readonly<Record<string, readonly string[]>>;

/**
 * Lists what exists in an account through the official AWS clients, so that the answer does not rest on any code of
 * this project. Left out is what AWS itself puts into every account (the default VPC and its parts) and KMS keys that
 * are already scheduled for deletion.
 */
export async function inventory(scope: InventoryScope): Promise<Inventory> {
  const parts = [network, data, databases, caches, images, cluster, identity, automation];
  const kinds = await Promise.all(parts.map((part) => part(scope)));
  return Object.fromEntries(
    kinds
      .flatMap((kind) => Object.entries(kind))
      .filter(([, names]) => names.length > 0)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

/** A client for the state bucket. */
export function stateClient(scope: Omit<InventoryScope, "stateBucket">): S3Client {
  return new S3Client({ ...clientConfig(scope), forcePathStyle: true });
}

function clientConfig(scope: Omit<InventoryScope, "stateBucket">) {
  return {
    endpoint: scope.endpoint,
    region: scope.region,
    credentials: { accessKeyId: `FD-${scope.account}-inventory`, secretAccessKey: "sandbox" },
    maxAttempts: 1,
  };
}

async function network(scope: InventoryScope): Promise<Inventory> {
  const ec2 = new EC2Client(clientConfig(scope));
  const vpcs = (await ec2.send(new DescribeVpcsCommand({}))).Vpcs ?? [];
  const byDefault = new Set(vpcs.filter((vpc) => vpc.IsDefault).map((vpc) => vpc.VpcId));
  const own = <T extends { VpcId?: string }>(items: T[] | undefined) =>
    (items ?? []).filter((item) => !byDefault.has(item.VpcId));
  const attachedToDefault = (gateway: { Attachments?: { VpcId?: string }[] }) =>
    (gateway.Attachments ?? []).some((attachment) => byDefault.has(attachment.VpcId));
  const gateways = (await ec2.send(new DescribeInternetGatewaysCommand({}))).InternetGateways ?? [];
  const nats = (await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways ?? [];
  const addresses = (await ec2.send(new DescribeAddressesCommand({}))).Addresses ?? [];
  const templates = (await ec2.send(new DescribeLaunchTemplatesCommand({}))).LaunchTemplates ?? [];
  return {
    vpcs: names(own(vpcs), (vpc) => vpc.VpcId),
    subnets: names(own((await ec2.send(new DescribeSubnetsCommand({}))).Subnets), (subnet) => subnet.SubnetId),
    routeTables: names(
      own((await ec2.send(new DescribeRouteTablesCommand({}))).RouteTables),
      (table) => table.RouteTableId,
    ),
    securityGroups: names(
      own((await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups),
      (group) => group.GroupId,
    ),
    vpcEndpoints: names(
      own((await ec2.send(new DescribeVpcEndpointsCommand({}))).VpcEndpoints).filter(
        (endpoint) => endpoint.State?.toLowerCase() !== "deleted",
      ),
      (endpoint) => endpoint.VpcEndpointId,
    ),
    internetGateways: names(
      gateways.filter((gateway) => !attachedToDefault(gateway)),
      (gateway) => gateway.InternetGatewayId,
    ),
    natGateways: names(
      nats.filter((nat) => nat.State !== "deleted"),
      (nat) => nat.NatGatewayId,
    ),
    addresses: names(addresses, (address) => address.AllocationId),
    launchTemplates: names(templates, (template) => template.LaunchTemplateName),
    flowLogs: names((await ec2.send(new DescribeFlowLogsCommand({}))).FlowLogs ?? [], (flowLog) => flowLog.FlowLogId),
    placementGroups: names(
      (await ec2.send(new DescribePlacementGroupsCommand({}))).PlacementGroups ?? [],
      (group) => group.GroupName,
    ),
    capacityReservations: names(
      ((await ec2.send(new DescribeCapacityReservationsCommand({}))).CapacityReservations ?? []).filter(
        (reservation) => reservation.State === "active",
      ),
      (reservation) => reservation.CapacityReservationId,
    ),
  };
}

async function data(scope: InventoryScope): Promise<Inventory> {
  const kms = new KMSClient(clientConfig(scope));
  const keyIds = names((await kms.send(new ListKeysCommand({}))).Keys ?? [], (key) => key.KeyId);
  const keys = await Promise.all(keyIds.map((KeyId) => kms.send(new DescribeKeyCommand({ KeyId }))));
  const aliases = (await kms.send(new ListAliasesCommand({}))).Aliases ?? [];
  const s3 = new S3Client({ ...clientConfig(scope), forcePathStyle: true });
  const buckets = (await s3.send(new ListBucketsCommand({}))).Buckets ?? [];
  return {
    keys: names(
      keys.filter(({ KeyMetadata: key }) => key?.KeyManager === "CUSTOMER" && key.KeyState !== "PendingDeletion"),
      ({ KeyMetadata: key }) => key?.KeyId,
    ),
    aliases: names(
      aliases.filter((alias) => !alias.AliasName?.startsWith("alias/aws/")),
      (alias) => alias.AliasName,
    ),
    buckets: names(
      buckets.filter((bucket) => bucket.Name !== scope.stateBucket),
      (bucket) => bucket.Name,
    ),
  };
}

async function cluster(scope: InventoryScope): Promise<Inventory> {
  const eks = new EKSClient(clientConfig(scope));
  const clusters = (await eks.send(new ListClustersCommand({}))).clusters ?? [];
  const nodeGroups = await Promise.all(
    clusters.map((clusterName) => eks.send(new ListNodegroupsCommand({ clusterName }))),
  );
  const logs = new CloudWatchLogsClient(clientConfig(scope));
  return {
    clusters,
    nodeGroups: nodeGroups.flatMap((page) => page.nodegroups ?? []),
    logGroups: names(
      (await logs.send(new DescribeLogGroupsCommand({}))).logGroups ?? [],
      (group) => group.logGroupName,
    ),
  };
}

async function databases(scope: InventoryScope): Promise<Inventory> {
  const rds = new RDSClient(clientConfig(scope));
  return {
    databases: names(
      (await rds.send(new DescribeDBInstancesCommand({}))).DBInstances ?? [],
      (instance) => instance.DBInstanceIdentifier,
    ),
    databaseSnapshots: names(
      (await rds.send(new DescribeDBSnapshotsCommand({ SnapshotType: "manual" }))).DBSnapshots ?? [],
      (snapshot) => snapshot.DBSnapshotIdentifier,
    ),
    databaseSubnetGroups: names(
      (await rds.send(new DescribeDBSubnetGroupsCommand({}))).DBSubnetGroups ?? [],
      (group) => group.DBSubnetGroupName,
    ),
    databaseParameterGroups: names(
      withoutDefaults(
        (await rds.send(new DescribeDBParameterGroupsCommand({}))).DBParameterGroups ?? [],
        (group) => group.DBParameterGroupName,
      ),
      (group) => group.DBParameterGroupName,
    ),
  };
}

async function caches(scope: InventoryScope): Promise<Inventory> {
  const elastiCache = new ElastiCacheClient(clientConfig(scope));
  const parameterGroups = (await elastiCache.send(new DescribeCacheParameterGroupsCommand({}))).CacheParameterGroups;
  return {
    caches: names(
      (await elastiCache.send(new DescribeReplicationGroupsCommand({}))).ReplicationGroups ?? [],
      (group) => group.ReplicationGroupId,
    ),
    cacheSnapshots: names(
      (await elastiCache.send(new DescribeSnapshotsCommand({}))).Snapshots ?? [],
      (snapshot) => snapshot.SnapshotName,
    ),
    cacheSubnetGroups: names(
      (await elastiCache.send(new DescribeCacheSubnetGroupsCommand({}))).CacheSubnetGroups ?? [],
      (group) => group.CacheSubnetGroupName,
    ),
    cacheParameterGroups: names(
      withoutDefaults(parameterGroups ?? [], (group) => group.CacheParameterGroupName),
      (group) => group.CacheParameterGroupName,
    ),
    cacheUsers: names(
      withoutDefaults((await elastiCache.send(new DescribeUsersCommand({}))).Users ?? [], (user) => user.UserId),
      (user) => user.UserId,
    ),
    cacheUserGroups: names(
      (await elastiCache.send(new DescribeUserGroupsCommand({}))).UserGroups ?? [],
      (group) => group.UserGroupId,
    ),
  };
}

async function images(scope: InventoryScope): Promise<Inventory> {
  const ecr = new ECRClient(clientConfig(scope));
  return {
    repositories: names(
      (await ecr.send(new DescribeRepositoriesCommand({}))).repositories ?? [],
      (repository) => repository.repositoryName,
    ),
    pullThroughCacheRules: names(
      (await ecr.send(new DescribePullThroughCacheRulesCommand({}))).pullThroughCacheRules ?? [],
      (rule) => rule.ecrRepositoryPrefix,
    ),
  };
}

async function identity(scope: InventoryScope): Promise<Inventory> {
  const iam = new IAMClient({ ...clientConfig(scope), region: "us-east-1" });
  return {
    roles: names((await iam.send(new ListRolesCommand({}))).Roles ?? [], (role) => role.RoleName),
    instanceProfiles: names(
      (await iam.send(new ListInstanceProfilesCommand({}))).InstanceProfiles ?? [],
      (profile) => profile.InstanceProfileName,
    ),
    policies: names(
      (await iam.send(new ListPoliciesCommand({ Scope: "Local" }))).Policies ?? [],
      (policy) => policy.PolicyName,
    ),
    oidcProviders: names(
      (await iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList ?? [],
      (provider) => provider.Arn,
    ),
  };
}

/** What acts by itself, and what it works with. */
async function automation(scope: InventoryScope): Promise<Inventory> {
  const config = clientConfig(scope);
  const deleted = "DELETE_COMPLETE";
  const stacks = (await new CloudFormationClient(config).send(new ListStacksCommand({}))).StackSummaries ?? [];
  const budgets = new BudgetsClient({ ...config, region: "us-east-1" });
  return {
    rules: names((await new EventBridgeClient(config).send(new ListRulesCommand({}))).Rules ?? [], (rule) => rule.Name),
    schedules: names(
      (await new SchedulerClient(config).send(new ListSchedulesCommand({}))).Schedules ?? [],
      (schedule) => schedule.Name,
    ),
    secrets: names(
      (await new SecretsManagerClient(config).send(new ListSecretsCommand({}))).SecretList ?? [],
      (secret) => secret.Name,
    ),
    queues: (await new SQSClient(config).send(new ListQueuesCommand({}))).QueueUrls ?? [],
    cloudFormationStacks: names(
      stacks.filter((stack) => stack.StackStatus !== deleted),
      (stack) => stack.StackName,
    ),
    budgets: names(
      (await budgets.send(new DescribeBudgetsCommand({ AccountId: scope.account }))).Budgets ?? [],
      (budget) => budget.BudgetName,
    ),
  };
}

/** Groups and users that AWS makes by itself are named default. */
function withoutDefaults<T>(items: readonly T[], nameOf: (item: T) => string | undefined): T[] {
  return items.filter((item) => !/^default(\b|$)/.test(nameOf(item) ?? ""));
}

function names<T>(items: readonly T[], nameOf: (item: T) => string | undefined): string[] {
  return items.map((item) => nameOf(item) ?? "(unnamed)").sort();
}
