import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { Construct } from "constructs";
import { type EnvironmentIdentity, NAME_LIMITS, resourceName } from "../../core/naming";
import { policyDocument } from "../../core/policy-document";

/** Events that end a node soon, by what the rule is called. @see https://karpenter.sh/v1.14/reference/cloudformation/#interruption-handling */
const EVENTS = {
  ScheduledChange: { name: "scheduled-change", source: "aws.health", detailType: "AWS Health Event" },
  SpotInterruption: {
    name: "spot-interruption",
    source: "aws.ec2",
    detailType: "EC2 Spot Instance Interruption Warning",
  },
  Rebalance: { name: "rebalance", source: "aws.ec2", detailType: "EC2 Instance Rebalance Recommendation" },
  InstanceStateChange: {
    name: "instance-state-change",
    source: "aws.ec2",
    detailType: "EC2 Instance State-change Notification",
  },
  CapacityReservationInterruption: {
    name: "reservation-interruption",
    source: "aws.ec2",
    detailType: "EC2 Capacity Reservation Instance Interruption Warning",
  },
} as const;

/** A warning that is five minutes old warns of nothing any more. */
const RETENTION_SECONDS = 300;

/** Defines the queue that tells Karpenter which nodes are about to end, and the rules that fill it. */
export function defineInterruptionQueue(scope: Construct, identity: EnvironmentIdentity): SqsQueue {
  const { project, stage } = identity;
  const name = resourceName([project, stage, "karpenter"], { max: NAME_LIMITS.sqsQueue });
  const queue = new SqsQueue(scope, "Queue", {
    name,
    messageRetentionSeconds: RETENTION_SECONDS,
    sqsManagedSseEnabled: true,
    tags: { Name: name },
  });
  const rules = Object.entries(EVENTS).map(([id, event]) => {
    const rule = defineRule(scope, `${id}Rule`, { identity, ...event });
    new CloudwatchEventTarget(scope, `${id}Target`, {
      rule: rule.name,
      arn: queue.arn,
      targetId: "interruption-queue",
    });
    return rule;
  });
  defineQueuePolicy(scope, { queue, rules, account: identity.account });
  return queue;
}

function defineRule(
  scope: Construct,
  id: string,
  event: {
    readonly identity: EnvironmentIdentity;
    readonly name: string;
    readonly source: string;
    readonly detailType: string;
  },
): CloudwatchEventRule {
  const { project, stage } = event.identity;
  const name = resourceName([project, stage, "karpenter", event.name], { max: NAME_LIMITS.eventRule });
  return new CloudwatchEventRule(scope, id, {
    name,
    description: `Tells Karpenter of ${project}/${stage}: ${event.detailType}`,
    eventPattern: JSON.stringify({ source: [event.source], "detail-type": [event.detailType] }),
    tags: { Name: name },
  });
}

/** Only these rules fill the queue, and SQS itself for queues of the account; nobody speaks to it without TLS. */
function defineQueuePolicy(
  scope: Construct,
  parts: { readonly queue: SqsQueue; readonly rules: readonly CloudwatchEventRule[]; readonly account: string },
): void {
  const { queue, rules, account } = parts;
  const sent = { actions: ["sqs:SendMessage"], resources: [queue.arn] };
  new SqsQueuePolicy(scope, "QueuePolicy", {
    queueUrl: queue.url,
    policy: policyDocument([
      {
        ...sent,
        sid: "InterruptionEvents",
        principals: { Service: ["events.amazonaws.com"] },
        conditions: { ArnEquals: { "aws:SourceArn": rules.map((rule) => rule.arn) } },
      },
      {
        ...sent,
        sid: "OwnQueues",
        principals: { Service: ["sqs.amazonaws.com"] },
        conditions: { StringEquals: { "aws:SourceAccount": account } },
      },
      {
        sid: "DenyWithoutTls",
        effect: "Deny",
        principals: "*",
        actions: ["sqs:*"],
        resources: [queue.arn],
        conditions: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]),
  });
}
