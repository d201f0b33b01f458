import type { AwsCall } from "../aws/aws-call";

/** ARNs of what an SQS call is about: the queue, by its name or at the end of its address. */
export function sqsResources(call: AwsCall, get: (name: string) => string | undefined): string[] {
  const name = get("QueueName") ?? get("QueueUrl")?.split("/").at(-1);
  return name === undefined ? [] : [`arn:aws:sqs:${call.region}:${call.account}:${name}`];
}

/** ARNs of what an EventBridge call is about: the rule, on the default bus or the one named. */
export function eventsResources(call: AwsCall, get: (name: string) => string | undefined): string[] {
  const arn = get("ResourceARN");
  if (arn !== undefined) return [arn];
  const rule = call.action.endsWith("Rule") ? get("Name") : get("Rule");
  if (rule === undefined) return [];
  const bus = get("EventBusName")?.split("/").at(-1) ?? "default";
  const name = bus === "default" ? rule : `${bus}/${rule}`;
  return [`arn:aws:events:${call.region}:${call.account}:rule/${name}`];
}
