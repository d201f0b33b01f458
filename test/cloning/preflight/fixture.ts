import { findQuota, type Quota } from "../../../catalog";
import { QuestionError } from "../../../cloning/preflight";
import type { Facts } from "../../../cloning/preflight/facts";
import { gatherFacts } from "../../../cloning/preflight/facts";
import { preflightPlan, type PreflightPlan } from "../../../cloning/preflight/plan";
import type { NameFact, PreflightAws } from "../../../cloning/preflight/preflight-aws";
import { accepted, VALID } from "../../config/environment-fixture";

/** Tags of everything of the environment of the fixture. */
export const OWN = { Project: "atlas", Stage: "dev", ManagedBy: "flightdeck" };

/** The environment's own secret, with a value in it. */
export const FILLED_SECRET = { exists: true, tags: OWN, hasValue: true, deleted: false } as const;

/** Tags of something else. */
export const OTHER = { Name: "legacy" };

/** What the stacks of the environment would create, as far as preflight looks at it. */
export const STACKS = [
  JSON.stringify({
    resource: {
      aws_vpc: { v: { cidr_block: "10.20.0.0/16" } },
      aws_internet_gateway: { g: {} },
      aws_eip: { e: {} },
      aws_nat_gateway: { n: {} },
      aws_vpc_endpoint: { s3: { vpc_endpoint_type: "Gateway" }, ecr: { vpc_endpoint_type: "Interface" } },
      aws_subnet: {
        a: { availability_zone: "us-east-1a", cidr_block: "10.20.0.0/18" },
        b: { availability_zone: "us-east-1b", cidr_block: "10.20.64.0/18" },
        publicA: { availability_zone: "us-east-1a", cidr_block: "10.20.192.0/20" },
      },
    },
  }),
  JSON.stringify({
    resource: {
      aws_s3_bucket: {
        models: { bucket: "atlas-dev-models-111111111111-us-east-1" },
        copy: { bucket: "atlas-dev-models-copy", provider: "aws.copies" },
      },
      aws_kms_key: { data: {} },
      aws_kms_alias: { data: { name: "alias/atlas-dev-data" } },
      aws_secretsmanager_secret: { alerting: { name: "atlas/dev/observability/alerting" } },
    },
  }),
  JSON.stringify({
    resource: {
      aws_eks_cluster: { c: { name: "atlas-dev" } },
      aws_eks_node_group: { system: {}, l4: {} },
      aws_cloudwatch_log_group: { c: { name: "/aws/eks/atlas-dev/cluster" } },
      aws_iam_role: { node: { name: "atlas-dev-eks-node-l4" }, made: { name: "${aws_iam_role.node.name}-x" } },
    },
  }),
];

/** The plan of a small environment, its text changed by replacements. */
export function planOf(...changes: (readonly [before: string, after: string])[]): PreflightPlan {
  const text = changes.reduce((changed, [before, after]) => {
    if (!changed.includes(before)) throw new RangeError(`the fixture has no ${before}`);
    return changed.replace(before, after);
  }, VALID);
  return preflightPlan(accepted(text), STACKS);
}

/** An account in which everything is fine and nothing exists. */
export function fakeAws(changes: Partial<PreflightAws> = {}): PreflightAws {
  const none = () => Promise.resolve([]);
  return {
    account: () => Promise.resolve("111111111111"),
    regionEnabled: () => Promise.resolve(true),
    zones: () =>
      Promise.resolve([
        { name: "us-east-1a", id: "use1-az6", available: true },
        { name: "us-east-1b", id: "use1-az1", available: true },
      ]),
    quota: () => Promise.resolve(100_000),
    openQuotaRequest: () => Promise.resolve(undefined),
    instances: none,
    offerings: (types) =>
      Promise.resolve(
        types.flatMap((instanceType) => ["us-east-1a", "us-east-1b"].map((zone) => ({ instanceType, zone }))),
      ),
    reservations: none,
    vpcs: none,
    internetGateways: none,
    gatewayEndpoints: none,
    addresses: none,
    natGateways: none,
    gp3Volumes: none,
    clusterNames: none,
    bucketNames: none,
    roleCount: () => Promise.resolve(0),
    name: (_kind, name): Promise<NameFact> =>
      Promise.resolve(
        name.startsWith("flightdeck-state-") ? { taken: true, by: "account", tags: {} } : { taken: false },
      ),
    secret: () => Promise.resolve({ exists: false }),
    ...changes,
  };
}

/** What such an account says about an environment. */
export function factsOf(plan: PreflightPlan, changes: Partial<PreflightAws> = {}): Promise<Facts> {
  return gatherFacts(plan, fakeAws(changes));
}

/** An account that grants this much of some quotas, and enough of all others. */
export function granting(granted: Readonly<Record<string, number>>): Pick<PreflightAws, "quota"> {
  const values = new Map(Object.entries(granted).map(([name, value]) => [findQuota(name), value]));
  return { quota: (quota: Quota) => Promise.resolve(values.get(quota) ?? 100_000) };
}

/** A question that the caller may not ask. */
export function denied(action: string): () => Promise<never> {
  return () => Promise.reject(new QuestionError(action, "denied", "AccessDenied: you may not"));
}
