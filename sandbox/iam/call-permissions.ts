import type { AwsCall } from "../aws/aws-call";
import { headerOf } from "../aws/aws-call";
import { s3Operation } from "../aws/s3-operation";
import { budgetsAction, budgetsResources } from "./budgets-permissions";
import { cloudFormationDependencies, cloudFormationResources } from "./cloudformation-permissions";
import { ecrDependencies, ecrResources } from "./ecr-permissions";
import { eksResources } from "./eks-resources";
import { elastiCacheDependencies, elastiCacheResources } from "./elasticache-permissions";
import { iamResources } from "./iam-resources";
import { kmsResources, logsResources } from "./json-resources";
import { rdsDependencies, rdsResources } from "./rds-permissions";
import { schedulerAction, schedulerResources, schedulerRoles } from "./scheduler-permissions";
import { nodegroupDependencies } from "./nodegroup-permissions";
import { callParameters } from "./call-parameters";
import { eventsResources, sqsResources } from "./queue-resources";
import { secretResources } from "./secret-resources";

/** A role that a call hands to a service: AWS wants `iam:PassRole` for it. */
export interface PassedRole {
  readonly role: string;
  /** Service principal, e.g. `eks.amazonaws.com`. */
  readonly service: string;
}

/** What AWS would check before it lets a call through. */
export interface CallPermissions {
  /** IAM action names with their service, the call's own first. */
  readonly actions: readonly string[];
  /** ARNs; empty where the API knows no resources or they have no names before the call. */
  readonly resources: readonly string[];
  readonly passes: readonly PassedRole[];
}

/** Actions that AWS checks for the tags given along with a creation. */
const TAGGING: Readonly<Record<string, (action: string) => string>> = {
  ec2: () => "ec2:CreateTags",
  eks: () => "eks:TagResource",
  kms: () => "kms:TagResource",
  logs: () => "logs:TagResource",
  budgets: () => "budgets:TagResource",
  events: () => "events:TagResource",
  sqs: () => "sqs:TagQueue",
  elasticache: () => "elasticache:AddTagsToResource",
  secretsmanager: () => "secretsmanager:TagResource",
  rds: () => "rds:AddTagsToResource",
  ecr: () => "ecr:TagResource",
  iam: (action) => `iam:Tag${action.replace(/^Create/, "")}`,
};

/** Services whose operations IAM knows by other names. */
const OWN_ACTIONS: Readonly<Record<string, (call: AwsCall) => string>> = {
  budgets: budgetsAction,
  scheduler: schedulerAction,
};

/** EventBridge makes a rule as it changes one. */
const CREATION = /^Create|^PutRule$/;

/** Which permissions a call needs on AWS. GetCallerIdentity needs none. */
export function callPermissions(call: AwsCall): CallPermissions {
  if (call.service === "s3") return s3Permissions(call);
  if (call.service === "sts" && call.action === "GetCallerIdentity") return { actions: [], resources: [], passes: [] };
  const parameters = callParameters(call);
  const actions = [OWN_ACTIONS[call.service]?.(call) ?? `${call.service}:${call.action}`];
  if (CREATION.test(call.action) && parameters.tagged) {
    const tagging = TAGGING[call.service]?.(call.action);
    if (tagging !== undefined) actions.push(tagging);
  }
  actions.push(...dependentActions(call, parameters.get));
  return { actions, resources: resourcesOf(call, parameters.get), passes: passedRoles(call, parameters.get) };
}

function s3Permissions(call: AwsCall): CallPermissions {
  const { iamAction, bucket, key } = s3Operation(call.method, call.path, call.query);
  const objects = key !== undefined || iamAction === "DeleteObject";
  const resources = bucket === undefined ? [] : [`arn:aws:s3:::${bucket}${objects ? `/${key ?? "*"}` : ""}`];
  return { actions: [`s3:${iamAction}`, ...lockPermissions(call)], resources, passes: replicationRole(call) };
}

/** A bucket that is made with a lock is also given versions and the lock's configuration. */
function lockPermissions({ action, headers }: AwsCall): string[] {
  const locked = headerOf(headers, "x-amz-bucket-object-lock-enabled")?.toLowerCase() === "true";
  return action === "CreateBucket" && locked ? ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"] : [];
}

function replicationRole({ action, body }: AwsCall): PassedRole[] {
  const role = action === "PutBucketReplication" ? /<Role>([^<]+)<\/Role>/.exec(body.toString("utf8"))?.[1] : undefined;
  return role === undefined ? [] : [{ role, service: "s3.amazonaws.com" }];
}

function resourcesOf(call: AwsCall, get: (name: string) => string | undefined): string[] {
  switch (call.service) {
    case "budgets":
      return budgetsResources(call);
    case "cloudformation":
      return cloudFormationResources(call, get);
    case "ecr":
      return ecrResources(call);
    case "eks":
      return eksResources(call, get);
    case "elasticache":
      return elastiCacheResources(call, get);
    case "events":
      return eventsResources(call, get);
    case "iam":
      return iamResources(call, get);
    case "kms":
      return kmsResources(call, get);
    case "logs":
      return logsResources(call, get);
    case "rds":
      return rdsResources(call, get);
    case "scheduler":
      return schedulerResources(call);
    case "secretsmanager":
      return secretResources(call, get);
    case "sqs":
      return sqsResources(call, get);
    case "ec2":
      return call.mutates ? [`arn:aws:ec2:${call.region}:${call.account}:*/*`] : [];
    default:
      return [];
  }
}

/** An endpoint with private names gets a hosted zone of AWS, which is put on the VPC in the caller's name. */
function dependentActions(call: AwsCall, get: (name: string) => string | undefined): string[] {
  if (call.service === "elasticache") return elastiCacheDependencies(call, get);
  if (call.service === "rds") return rdsDependencies(call, get);
  if (call.service === "ecr") return ecrDependencies(call);
  if (call.service === "eks") return nodegroupDependencies(call);
  if (call.service === "cloudformation") return cloudFormationDependencies(call, get);
  const named = call.service === "ec2" && call.action === "CreateVpcEndpoint" && get("PrivateDnsEnabled") === "true";
  return named ? ["route53:AssociateVPCWithHostedZone"] : [];
}

/** Parameter that names the role, and the service it is for; by service and action. */
const PASSING: Readonly<Record<string, readonly [parameter: string, service: string]>> = {
  "eks:CreateCluster": ["roleArn", "eks.amazonaws.com"],
  "eks:CreateNodegroup": ["nodeRole", "eks.amazonaws.com"],
  "eks:CreateAddon": ["serviceAccountRoleArn", "eks.amazonaws.com"],
  "eks:UpdateAddon": ["serviceAccountRoleArn", "eks.amazonaws.com"],
  "eks:CreatePodIdentityAssociation": ["roleArn", "pods.eks.amazonaws.com"],
  "eks:UpdatePodIdentityAssociation": ["roleArn", "pods.eks.amazonaws.com"],
  "ec2:CreateFlowLogs": ["DeliverLogsPermissionArn", "vpc-flow-logs.amazonaws.com"],
  "rds:CreateDBInstance": ["MonitoringRoleArn", "monitoring.rds.amazonaws.com"],
  "rds:ModifyDBInstance": ["MonitoringRoleArn", "monitoring.rds.amazonaws.com"],
  "ecr:CreateRepositoryCreationTemplate": ["customRoleArn", "ecr.amazonaws.com"],
  "ecr:UpdateRepositoryCreationTemplate": ["customRoleArn", "ecr.amazonaws.com"],
  "iam:AddRoleToInstanceProfile": ["RoleName", "ec2.amazonaws.com"],
};

function passedRoles(call: AwsCall, get: (name: string) => string | undefined): PassedRole[] {
  if (call.service === "scheduler") return schedulerRoles(call);
  const [parameter, service] = PASSING[`${call.service}:${call.action}`] ?? [];
  const role = parameter === undefined ? undefined : get(parameter);
  if (role === undefined || service === undefined) return [];
  return [{ role: role.startsWith("arn:") ? role : `arn:aws:iam::${call.account}:role/${role}`, service }];
}
