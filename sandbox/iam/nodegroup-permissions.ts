import { tryFindRegion } from "../../catalog";
import type { AwsCall } from "../aws/aws-call";

/** Calls after which instances start from a launch template. */
const LAUNCHING = ["CreateNodegroup", "UpdateNodegroupVersion"];
/** What a template may have started in. Others may own it and share it. */
const USED = ["capacity-reservation", "launch-template", "placement-group", "security-group", "subnet"];
/** What a start makes. */
const MADE = ["instance", "network-interface", "spot-instances-request", "volume"];

/** Where instances are started. */
interface Place {
  readonly region: string;
  readonly account: string;
}

/**
 * Actions that AWS checks, with the caller's own permissions, when a node group is given a launch template: whether the
 * caller could start instances from it, as EC2 Auto Scaling does for each group that it makes or changes. The call does
 * not say whether the template tags what it starts: the tags are allowed in any case.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
 */
export function nodegroupDependencies({ action, body }: AwsCall): string[] {
  return LAUNCHING.includes(action) && hasTemplate(body) ? ["ec2:RunInstances", "ec2:CreateTags"] : [];
}

/** Everything that a start of instances touches. Images and snapshots have no account in their ARNs. */
export function launchResources(place: Place): string[] {
  const { region, account } = place;
  const { partition = "aws" } = tryFindRegion(region) ?? {};
  return [
    ...["image", "snapshot"].map((kind) => `arn:${partition}:ec2:${region}::${kind}/*`),
    ...USED.map((kind) => `arn:${partition}:ec2:${region}:*:${kind}/*`),
    `arn:${partition}:ec2:${region}:${account}:key-pair/*`,
    ...launchedResources(place),
    // Reservations may be named by the group that they are in.
    `arn:${partition}:resource-groups:${region}:${account}:group/*`,
  ];
}

/** What a start of instances makes, and tags. */
export function launchedResources({ region, account }: Place): string[] {
  const { partition = "aws" } = tryFindRegion(region) ?? {};
  return MADE.map((kind) => `arn:${partition}:ec2:${region}:${account}:${kind}/*`);
}

function hasTemplate(body: Buffer): boolean {
  try {
    const input = JSON.parse(body.toString("utf8")) as { readonly launchTemplate?: unknown } | null;
    return typeof input?.launchTemplate === "object" && input.launchTemplate !== null;
  } catch {
    return false;
  }
}
