import type { AwsCall } from "../aws/aws-call";
import { s3Operation } from "../aws/s3-operation";
import { eksResources } from "./eks-resources";
import { iamResources } from "./iam-resources";
import { kmsResources, logsResources } from "./json-resources";
import { callParameters } from "./call-parameters";

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
  iam: (action) => `iam:Tag${action.replace(/^Create/, "")}`,
};

/** Which permissions a call needs on AWS. GetCallerIdentity needs none. */
export function callPermissions(call: AwsCall): CallPermissions {
  if (call.service === "s3") return s3Permissions(call);
  if (call.service === "sts" && call.action === "GetCallerIdentity") return { actions: [], resources: [], passes: [] };
  const parameters = callParameters(call);
  const actions = [`${call.service}:${call.action}`];
  if (call.action.startsWith("Create") && parameters.tagged) {
    const tagging = TAGGING[call.service]?.(call.action);
    if (tagging !== undefined) actions.push(tagging);
  }
  return { actions, resources: resourcesOf(call, parameters.get), passes: passedRoles(call, parameters.get) };
}

function s3Permissions(call: AwsCall): CallPermissions {
  const { iamAction, bucket, key } = s3Operation(call.method, call.path, call.query);
  const objects = key !== undefined || iamAction === "DeleteObject";
  const resources = bucket === undefined ? [] : [`arn:aws:s3:::${bucket}${objects ? `/${key ?? "*"}` : ""}`];
  return { actions: [`s3:${iamAction}`], resources, passes: [] };
}

function resourcesOf(call: AwsCall, get: (name: string) => string | undefined): string[] {
  switch (call.service) {
    case "eks":
      return eksResources(call, get);
    case "iam":
      return iamResources(call, get);
    case "kms":
      return kmsResources(call, get);
    case "logs":
      return logsResources(call, get);
    case "ec2":
      return call.mutates ? [`arn:aws:ec2:${call.region}:${call.account}:*/*`] : [];
    default:
      return [];
  }
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
  "iam:AddRoleToInstanceProfile": ["RoleName", "ec2.amazonaws.com"],
};

function passedRoles(call: AwsCall, get: (name: string) => string | undefined): PassedRole[] {
  const [parameter, service] = PASSING[`${call.service}:${call.action}`] ?? [];
  const role = parameter === undefined ? undefined : get(parameter);
  if (role === undefined || service === undefined) return [];
  return [{ role: role.startsWith("arn:") ? role : `arn:aws:iam::${call.account}:role/${role}`, service }];
}
