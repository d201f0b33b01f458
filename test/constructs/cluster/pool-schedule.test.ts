import type { OffHoursOptions } from "../../../constructs/cluster/off-hours";
import { PoolSchedule } from "../../../constructs/cluster/pool-schedule";
import { importedCluster } from "../../support/cluster";
import { failure } from "../../support/fixtures";
import { gpuPool, gpuPoolProblems, refusedGpuPool } from "../../support/pools";
import { synthesize, testStack } from "../../support/synth";

const ARN = "arn:aws:eks:eu-central-1:111111111111:nodegroup/atlas-dev/notebooks-1/2";
const OFF_HOURS: OffHoursOptions = { timeZone: "Europe/Berlin", start: "07:00", stop: "20:30" };
const POOL = { poolName: "notebooks", nodeGroupName: "notebooks-1", nodeGroupArn: ARN, minSize: 1, desiredSize: 2 };
const scheduleWith = (offHours: OffHoursOptions = OFF_HOURS, pool = POOL) =>
  synthesize((stack) => {
    new PoolSchedule(stack, "Schedule", { cluster: importedCluster(stack), ...pool, offHours });
  });
const refused = (offHours: Partial<OffHoursOptions>) =>
  failure(() => {
    const stack = testStack();
    const all = { ...OFF_HOURS, ...offHours };
    new PoolSchedule(stack, "Schedule", { cluster: importedCluster(stack), ...POOL, offHours: all });
  });
const inputOf = (schedule: Record<string, unknown>) =>
  JSON.parse((schedule["target"] as { input: string }).input) as unknown;

describe("PoolSchedule", () => {
  const out = scheduleWith();

  test("scales to zero at the end of each working day, in local time", () => {
    const stop = out.resource("aws_scheduler_schedule", "Schedule/Stop");
    expect(stop).toMatchObject({
      name: "atlas-dev-notebooks-stop",
      schedule_expression: "cron(30 20 ? * MON,TUE,WED,THU,FRI *)",
      schedule_expression_timezone: "Europe/Berlin",
      flexible_time_window: { mode: "OFF" },
      target: { arn: "arn:aws:scheduler:::aws-sdk:eks:updateNodegroupConfig" },
    });
    expect(inputOf(stop)).toEqual({
      ClusterName: "atlas-dev",
      NodegroupName: "notebooks-1",
      ScalingConfig: { MinSize: 0, DesiredSize: 0 },
    });
  });

  test("brings the pool back at its beginning", () => {
    const start = out.resource("aws_scheduler_schedule", "Schedule/Start");
    expect(start).toMatchObject({ schedule_expression: "cron(0 7 ? * MON,TUE,WED,THU,FRI *)" });
    expect(inputOf(start)).toMatchObject({ ScalingConfig: { MinSize: 1, DesiredSize: 2 } });
  });

  test("acts with a role that may change the size of this node group and nothing else", () => {
    expect(out.policy("aws_iam_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "eks:UpdateNodegroupConfig", Resource: ARN }],
    });
    expect(out.policy("aws_iam_role", undefined, "assume_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "scheduler.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "111111111111",
              "aws:SourceArn": "arn:aws:scheduler:eu-central-1:111111111111:schedule-group/default",
            },
          },
        },
      ],
    });
  });
});

test("a pool that starts empty is stopped only: the autoscaler fills it", () => {
  const out = scheduleWith(OFF_HOURS, { ...POOL, minSize: 0, desiredSize: 0 });
  expect(Object.keys(out.resources("aws_scheduler_schedule"))).toEqual(["Schedule/Stop"]);
});

test("days are named in the order of the week", () => {
  const out = scheduleWith({ ...OFF_HOURS, days: ["SUN", "MON"] });
  expect(out.resource("aws_scheduler_schedule", "Schedule/Stop")).toMatchObject({
    schedule_expression: "cron(30 20 ? * MON,SUN *)",
  });
});

test("a pool with off hours leaves its minimum to the schedule", () => {
  const out = gpuPool({ minSize: 1, offHours: OFF_HOURS });
  expect(out.resource("aws_eks_node_group")["lifecycle"]).toMatchObject({
    ignore_changes: ["scaling_config[0].desired_size", "scaling_config[0].min_size"],
  });
  expect(Object.keys(out.resources("aws_scheduler_schedule"))).toEqual(["Pool/Schedule/Start", "Pool/Schedule/Stop"]);
});

test("a pool reports wrong off hours with its other problems", () => {
  expect(refusedGpuPool({ maxSize: 0, offHours: { ...OFF_HOURS, stop: "06:59" } })).toEqual(
    gpuPoolProblems(
      "`maxSize` must be a whole number, 1 or more, got 0",
      '`offHours.stop` must be later than `start` (07:00), got "06:59"',
    ),
  );
});

describe("PoolSchedule accepts", () => {
  test.each<Partial<OffHoursOptions>>([
    { timeZone: "UTC" },
    { timeZone: "America/Argentina/Buenos_Aires" },
    { start: "00:00", stop: "00:01" },
    { stop: "23:59" },
    { days: ["SAT"] },
  ])("%j", (offHours) => {
    expect(Object.keys(scheduleWith({ ...OFF_HOURS, ...offHours }).resources("aws_scheduler_schedule"))).toHaveLength(
      2,
    );
  });
});

describe("PoolSchedule refuses", () => {
  const ZONE = "`offHours.timeZone` must be the IANA name of a time zone, such as Europe/Berlin";
  const CLOCK = "must be a time of day, HH:MM from 00:00 to 23:59";
  const LATER = "`offHours.stop` must be later than `start` (07:00)";
  test.each<[string, Partial<OffHoursOptions>, string]>([
    ["a time zone that does not exist", { timeZone: "Europe/Bonn" }, `${ZONE}, got "Europe/Bonn"`],
    ["an offset, which knows no daylight saving", { timeZone: "+01:00" }, `${ZONE}, got "+01:00"`],
    ["an hour that does not exist", { stop: "24:00" }, `\`offHours.stop\` ${CLOCK}, got "24:00"`],
    ["a time without leading zero", { start: "7:00" }, `\`offHours.start\` ${CLOCK}, got "7:00"`],
    ["an end before the beginning", { stop: "06:59" }, `${LATER}, got "06:59"`],
    ["an end at the beginning", { stop: "07:00" }, `${LATER}, got "07:00"`],
    ["no day", { days: [] }, "`offHours.days` must name one day or more of MON, TUE, WED, THU, FRI, SAT, SUN, got []"],
    ["a day named twice", { days: ["MON", "MON"] }, '`offHours.days` must name each day once, got ["MON","MON"]'],
  ])("%s", (_name, offHours, line) => {
    expect(refused(offHours)).toEqual({
      code: "INVALID_POOL_SCHEDULE_PROPS",
      message: `${line}\n  in test/Schedule`,
    });
  });
});
