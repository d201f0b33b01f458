import type { AwsCall } from "../aws/aws-call";

const VERBS: Readonly<Record<string, string>> = { POST: "Create", GET: "Get", PUT: "Update", DELETE: "Delete" };

interface Input {
  readonly GroupName?: string;
  readonly Target?: { readonly RoleArn?: string };
}

/** The action that IAM checks for a call to EventBridge Scheduler, which is a REST service. */
export function schedulerAction({ method, path }: Pick<AwsCall, "method" | "path">): string {
  const [, collection, name] = path.split("/");
  if (collection === "tags") {
    const tagging: Readonly<Record<string, string>> = { POST: "TagResource", DELETE: "UntagResource" };
    return `scheduler:${tagging[method] ?? "ListTagsForResource"}`;
  }
  const kind = collection === "schedule-groups" ? "ScheduleGroup" : "Schedule";
  return name === undefined || name === "" ? `scheduler:List${kind}s` : `scheduler:${VERBS[method] ?? method}${kind}`;
}

/** ARN of the schedule or group that a call is about. */
export function schedulerResources(call: AwsCall): string[] {
  const [, collection, name] = call.path.split("/").map(decodeURIComponent);
  const arn = (rest: string) => `arn:aws:scheduler:${call.region}:${call.account}:${rest}`;
  if (name === undefined || name === "" || collection === "tags") return [];
  if (collection === "schedule-groups") return [arn(`schedule-group/${name}`)];
  const group = inputOf(call).GroupName ?? call.query.get("groupName") ?? "default";
  return [arn(`schedule/${group}/${name}`)];
}

/** The role that a schedule acts with. */
export function schedulerRoles(call: AwsCall): { readonly role: string; readonly service: string }[] {
  const role = inputOf(call).Target?.RoleArn;
  return role === undefined ? [] : [{ role, service: "scheduler.amazonaws.com" }];
}

function inputOf({ body }: AwsCall): Input {
  try {
    return JSON.parse(body.toString("utf8")) as Input;
  } catch {
    return {};
  }
}
