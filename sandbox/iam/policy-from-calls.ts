import type { CallRecord } from "../gateway/call-log";
import { launchedResources, launchResources } from "./nodegroup-permissions";

/** One statement of an IAM policy. */
export interface PolicyFromCallsStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** An identity policy as IAM takes it. */
export interface PolicyFromCalls {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyFromCallsStatement[];
}

/** Roles that AWS makes for a service on its first use, by the call that needs them. */
const LINKED_ROLES: Readonly<Record<string, string>> = {
  "elasticache:CreateReplicationGroup": "elasticache.amazonaws.com",
  "ecr:CreatePullThroughCacheRule": "pullthroughcache.ecr.amazonaws.com",
  "rds:CreateDBInstance": "rds.amazonaws.com",
  "eks:CreateCluster": "eks.amazonaws.com",
  "eks:CreateNodegroup": "eks-nodegroup.amazonaws.com",
};

/** Resources of actions that AWS checks for calls of another service. */
const ELSEWHERE: Readonly<Record<string, (call: CallRecord) => readonly string[]>> = {
  "ec2:RunInstances": launchResources,
  "ec2:CreateTags": (call) => (call.service === "ec2" ? call.resources : launchedResources(call)),
  "secretsmanager:GetRandomPassword": () => [],
  "ecr:CreateRepositoryCreationTemplate": () => [],
  "ecr:UpdateRepositoryCreationTemplate": () => [],
  "route53:AssociateVPCWithHostedZone": ({ region, account }) => [
    `arn:aws:ec2:${region}:${account}:vpc/*`,
    "arn:aws:route53:::hostedzone/*",
  ],
};

interface Permission {
  readonly action: string;
  readonly resources: ReadonlySet<string>;
}

/**
 * The least that a caller must be allowed to make these calls on AWS.
 *
 * Calls that the sandbox's own services made among themselves are left out: on AWS the service makes them.
 *
 * @param calls call records, e.g. of one deploy; all of one account
 */
export function policyFromCalls(calls: readonly CallRecord[]): PolicyFromCalls {
  const made = calls.filter(({ internal }) => internal !== true);
  const statements = [...grouped(permissions(made)), ...passRoleStatements(made), ...linkedRoleStatements(made)];
  return { Version: "2012-10-17", Statement: statements };
}

function permissions(calls: readonly CallRecord[]): Permission[] {
  const byAction = new Map<string, Set<string>>();
  for (const call of calls) {
    for (const action of call.actions) {
      const resources = ELSEWHERE[action]?.(call) ?? resourcesFor(action, call);
      const all = byAction.get(action) ?? new Set<string>();
      for (const resource of resources.length === 0 ? ["*"] : resources) all.add(resource);
      byAction.set(action, all);
    }
  }
  return [...byAction].map(([action, resources]) => ({ action, resources: withoutCovered(resources) }));
}

/** Of the resources of a call that touches several services, those of the action's own; none leaves any. */
function resourcesFor(action: string, { service, resources }: CallRecord): readonly string[] {
  const own = resources.filter((arn) => action.startsWith(`${arn.split(":")[2]}:`));
  return own.length === 0 && action.startsWith(`${service}:`) ? resources : own;
}

/** `*` covers everything, and all of an account what is in it: a call that once needed it leaves no use for the rest. */
function withoutCovered(resources: ReadonlySet<string>): ReadonlySet<string> {
  if (resources.has("*")) return new Set(["*"]);
  const wide = [...resources].filter((arn) => arn.endsWith(":*/*"));
  const covered = (arn: string) => wide.some((all) => arn !== all && arn.startsWith(all.slice(0, -"*/*".length)));
  return new Set([...resources].filter((arn) => !covered(arn)));
}

function grouped(all: readonly Permission[]): PolicyFromCallsStatement[] {
  const groups = new Map<string, { actions: string[]; resources: string[] }>();
  for (const { action, resources } of all) {
    const sorted = [...resources].sort();
    const id = `${action.split(":")[0]} ${sorted.join(" ")}`;
    const group = groups.get(id) ?? { actions: [], resources: sorted };
    group.actions.push(action);
    groups.set(id, group);
  }
  const taken = new Map<string, number>();
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { actions, resources }]) => ({
      Sid: sid(actions, taken),
      Effect: "Allow",
      Action: actions.sort(),
      Resource: resources,
    }));
}

function sid(actions: readonly string[], taken: Map<string, number>): string {
  const service = actions[0]?.split(":")[0] ?? "";
  const name = service.replace(/[^a-z0-9]/gi, "").replace(/^./, (first) => first.toUpperCase());
  const count = (taken.get(name) ?? 0) + 1;
  taken.set(name, count);
  return count === 1 ? name : `${name}Part${count}`;
}

function passRoleStatements(calls: readonly CallRecord[]): PolicyFromCallsStatement[] {
  const byService = new Map<string, Set<string>>();
  for (const { role, service } of calls.flatMap(({ passes }) => passes ?? [])) {
    byService.set(service, (byService.get(service) ?? new Set()).add(role));
  }
  return [...byService].sort().map(([service, roles]) => ({
    Sid: `PassRoleTo${sidPart(service)}`,
    Effect: "Allow",
    Action: ["iam:PassRole"],
    Resource: [...roles].sort(),
    Condition: { StringEquals: { "iam:PassedToService": service } },
  }));
}

function linkedRoleStatements(calls: readonly CallRecord[]): PolicyFromCallsStatement[] {
  const services = new Set(calls.flatMap(({ service, action }) => LINKED_ROLES[`${service}:${action}`] ?? []));
  const account = calls[0]?.account ?? "*";
  return [...services].sort().map((service) => ({
    Sid: `LinkedRoleOf${sidPart(service)}`,
    Effect: "Allow",
    Action: ["iam:CreateServiceLinkedRole"],
    Resource: [`arn:aws:iam::${account}:role/aws-service-role/${service}/*`],
    Condition: { StringEquals: { "iam:AWSServiceName": service } },
  }));
}

function sidPart(service: string): string {
  return service
    .replace(".amazonaws.com", "")
    .split(/[^a-z0-9]+/i)
    .map((word) => word.replace(/^./, (first) => first.toUpperCase()))
    .join("");
}
