/**
 * What VPC flow logs do with their log group. Its documentation also lists making and listing log groups: not needed, and not
 * possible for one group only, since the group stands before the flow log.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export const DELIVER_FLOW_LOGS_ACTIONS: readonly string[] = [
  "logs:CreateLogStream",
  "logs:DescribeLogStreams",
  "logs:PutLogEvents",
];
