import { DELIVER_FLOW_LOGS_ACTIONS } from "../../../constructs/network/perms";

test("flow logs can write to their log group, and neither read, make nor remove it", () => {
  expect(DELIVER_FLOW_LOGS_ACTIONS).toEqual(["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]);
});
