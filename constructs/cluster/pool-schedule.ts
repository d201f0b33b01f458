import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { Construct } from "constructs";
import { NAME_LIMITS, resourceName } from "../core/naming";
import { partitionOf } from "../core/partition";
import { policyDocument } from "../core/policy-document";
import { PropChecks } from "../core/prop-checks";
import { InlinePolicy } from "../identity/inline-policy";
import type { ICluster } from "./cluster";
import type { OffHoursOptions, WeekDay } from "./off-hours";
import { checkOffHours, WEEK, WORKING_DAYS } from "./private/off-hours-checks";

/** What a `PoolSchedule` is made of. */
export interface PoolScheduleProps {
  /** The cluster of the pool. */
  readonly cluster: ICluster;
  /** Name of the pool, kebab-case. */
  readonly poolName: string;
  /** Name of the pool's EKS node group. */
  readonly nodeGroupName: string;
  /** ARN of the pool's EKS node group. */
  readonly nodeGroupArn: string;
  /** Fewest nodes during working hours. */
  readonly minSize: number;
  /** Nodes to start the working hours with. */
  readonly desiredSize: number;
  /** The hours without. */
  readonly offHours: OffHoursOptions;
}

/**
 * Scales a pool to zero at the end of the working hours and back at their beginning: two schedules of EventBridge Scheduler
 * that call EKS directly, with a role that may change the sizes of this one node group. The Terraform resource of the node
 * group must ignore its minimum and desired size; pools with `offHours` do.
 *
 * @example
 * new PoolSchedule(this, "Schedule", {
 *   cluster, poolName: "notebooks", nodeGroupName: pool.nodeGroupName, nodeGroupArn: pool.nodeGroupArn,
 *   minSize: 1, desiredSize: 1, offHours: { timeZone: "Europe/Berlin", start: "07:00", stop: "20:00" },
 * });
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
export class PoolSchedule extends Construct {
  /** ARN of the role that the schedules act with. */
  readonly roleArn: string;

  /** @throws ValidationError `INVALID_POOL_SCHEDULE_PROPS` */
  constructor(scope: Construct, id: string, props: PoolScheduleProps) {
    super(scope, id);
    const { poolName, minSize, desiredSize, offHours } = props;

    const checks = new PropChecks(this, "INVALID_POOL_SCHEDULE_PROPS");
    checkOffHours(checks, offHours);
    checks.throwIfAny();

    this.roleArn = this.defineRole(props);
    this.defineSchedule("Stop", offHours.stop, { minSize: 0, desiredSize: 0 }, props, `Nights of pool ${poolName}`);
    // A pool that starts empty is filled by the autoscaler: there is nothing to bring back.
    if (desiredSize > 0) {
      this.defineSchedule("Start", offHours.start, { minSize, desiredSize }, props, `Days of pool ${poolName}`);
    }
  }

  private defineRole({ cluster, poolName, nodeGroupArn }: PoolScheduleProps): string {
    const { project, stage, account, region } = cluster.identity;
    const name = resourceName([project, stage, "eks-schedule", poolName], { max: NAME_LIMITS.iamRole });
    const group = `arn:${partitionOf(region)}:scheduler:${region}:${account}:schedule-group/default`;
    const trust = {
      principals: { Service: ["scheduler.amazonaws.com"] },
      actions: ["sts:AssumeRole"],
      resources: [],
      conditions: { StringEquals: { "aws:SourceAccount": account, "aws:SourceArn": group } },
    };
    const role = new IamRole(this, "Role", {
      name,
      description: `Off hours of pool ${poolName} of ${project}/${stage}`,
      assumeRolePolicy: policyDocument([trust]),
      tags: { Name: name },
    });
    new InlinePolicy({ scope: this, roleName: role.name }).addToPolicy({
      actions: ["eks:UpdateNodegroupConfig"],
      resources: [nodeGroupArn],
    });
    return role.arn;
  }

  private defineSchedule(
    id: "Start" | "Stop",
    time: string,
    size: { readonly minSize: number; readonly desiredSize: number },
    props: PoolScheduleProps,
    description: string,
  ): void {
    const { cluster, poolName, nodeGroupName, offHours } = props;
    const { project, stage } = cluster.identity;
    const name = resourceName([project, stage, poolName, id.toLowerCase()], { max: LONGEST_SCHEDULE_NAME });
    new SchedulerSchedule(this, id, {
      name,
      description,
      scheduleExpression: cron(time, offHours.days ?? WORKING_DAYS),
      scheduleExpressionTimezone: offHours.timeZone,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: `arn:${partitionOf(cluster.identity.region)}:scheduler:::aws-sdk:eks:updateNodegroupConfig`,
        roleArn: this.roleArn,
        // Universal targets spell parameters in capitals, unlike the API itself.
        input: JSON.stringify({
          ClusterName: cluster.clusterName,
          NodegroupName: nodeGroupName,
          ScalingConfig: { MinSize: size.minSize, DesiredSize: size.desiredSize },
        }),
        // EKS takes one change of a group at a time: a call during an update is refused and made again.
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 },
      },
      dependsOn: [this.node.findChild("Policy") as IamRole],
    });
  }
}

/** @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
const LONGEST_SCHEDULE_NAME = 64;

function cron(time: string, days: readonly WeekDay[]): string {
  const [hour, minute] = time.split(":").map(Number);
  return `cron(${minute} ${hour} ? * ${WEEK.filter((day) => days.includes(day)).join(",")} *)`;
}
