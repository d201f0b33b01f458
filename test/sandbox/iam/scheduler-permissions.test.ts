import { internalCall } from "../../../sandbox/gateway/aws-port";
import { callPermissions } from "../../../sandbox/iam/call-permissions";

const caller = { account: "111111111111", principal: "p", region: "eu-west-1" };
const permissions = (method: string, url: string, body?: object) =>
  callPermissions(internalCall({ ...caller, service: "scheduler", method, url, body: JSON.stringify(body ?? {}) }));
const arn = (rest: string) => `arn:aws:scheduler:eu-west-1:111111111111:${rest}`;

test("making a schedule needs the action on the schedule, and the role is passed to the scheduler", () => {
  const role = "arn:aws:iam::111111111111:role/atlas-dev-eks-schedule-notebooks";
  expect(permissions("POST", "/schedules/night", { GroupName: "default", Target: { RoleArn: role } })).toEqual({
    actions: ["scheduler:CreateSchedule"],
    resources: [arn("schedule/default/night")],
    passes: [{ role, service: "scheduler.amazonaws.com" }],
  });
});

test.each([
  ["GET", "/schedules/night?groupName=nights", "scheduler:GetSchedule", [arn("schedule/nights/night")]],
  ["PUT", "/schedules/night", "scheduler:UpdateSchedule", [arn("schedule/default/night")]],
  ["DELETE", "/schedules/night?groupName=default", "scheduler:DeleteSchedule", [arn("schedule/default/night")]],
  ["GET", "/schedules", "scheduler:ListSchedules", []],
  ["POST", "/schedule-groups/nights", "scheduler:CreateScheduleGroup", [arn("schedule-group/nights")]],
  ["GET", "/schedule-groups", "scheduler:ListScheduleGroups", []],
  ["POST", "/tags/arn", "scheduler:TagResource", []],
  ["GET", "/tags/arn", "scheduler:ListTagsForResource", []],
])("%s %s is %s", (method, url, action, resources) => {
  expect(permissions(method, url)).toEqual({ actions: [action], resources, passes: [] });
});

test("tags of a capacity reservation are seen, though EC2 spells them otherwise there", () => {
  const body = "Action=CreateCapacityReservation&TagSpecifications.1.Tag.1.Key=Name";
  const headers = ["content-type", "application/x-www-form-urlencoded"];
  const call = internalCall({ ...caller, service: "ec2", method: "POST", url: "/", headers, body });
  expect(callPermissions(call).actions).toEqual(["ec2:CreateCapacityReservation", "ec2:CreateTags"]);
});
