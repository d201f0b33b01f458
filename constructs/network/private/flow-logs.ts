import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { type EnvironmentIdentity, NAME_LIMITS, resourceName } from "../../core/naming";
import { partitionOf } from "../../core/partition";
import { policyDocument } from "../../core/policy-document";
import type { IKey } from "../../encryption/key";
import type { FlowLogOptions } from "../flow-log-options";
import { DELIVER_FLOW_LOGS_ACTIONS } from "../perms";

/** What the flow log of a network is made of. */
export interface FlowLogsProps extends FlowLogOptions {
  /** The environment of the network. */
  readonly identity: EnvironmentIdentity;
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Key that encrypts the records. */
  readonly key: IKey;
}

/** The flow log of a VPC, in an encrypted log group of its own, and the role that writes to that group only. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { identity, vpcId, key, traffic = "all", retentionDays = 90, aggregationSeconds = 600 } = props;
    const name = resourceName([identity.project, identity.stage, "vpc-flow-logs"], { max: NAME_LIMITS.iamRole });

    const logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      name: flowLogGroupName(identity),
      retentionInDays: retentionDays,
      kmsKeyId: key.keyArn,
      tags: { Name: name },
    });
    const role = new IamRole(this, "Role", {
      name,
      description: `Flow logs of ${identity.project}/${identity.stage}`,
      assumeRolePolicy: trustPolicy(identity),
      tags: { Name: name },
    });
    const permissions = new IamRolePolicy(this, "Policy", {
      name: "permissions",
      role: role.name,
      policy: policyDocument([{ actions: DELIVER_FLOW_LOGS_ACTIONS, resources: [`${logGroup.arn}:*`] }]),
    });
    new FlowLog(this, "Resource", {
      vpcId,
      trafficType: traffic === "all" ? "ALL" : "REJECT",
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: aggregationSeconds,
      tags: { Name: name },
      dependsOn: [permissions],
    });
  }
}

/** Name of the log group of an environment's flow log. */
export function flowLogGroupName({ project, stage }: EnvironmentIdentity): string {
  const max = NAME_LIMITS.logGroup - LOG_GROUP_START.length - LOG_GROUP_END.length;
  return `${LOG_GROUP_START}${resourceName([project, stage], { max })}${LOG_GROUP_END}`;
}

const LOG_GROUP_START = "/flightdeck/";
const LOG_GROUP_END = "/flow-logs";

/**
 * Flow logs of this account and region only, so that nobody else's flow log can be made to write here.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
function trustPolicy({ account, region }: EnvironmentIdentity): string {
  return policyDocument([
    {
      sid: "FlowLogsOfThisAccountAndRegion",
      principals: { Service: ["vpc-flow-logs.amazonaws.com"] },
      actions: ["sts:AssumeRole"],
      resources: [],
      conditions: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:${partitionOf(region)}:ec2:${region}:${account}:vpc-flow-log/*` },
      },
    },
  ]);
}
