/**
 * What reads metrics of CloudWatch. None of these actions can be limited to a resource.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
 */
export const READ_CLOUDWATCH_ACTIONS: readonly string[] = [
  "cloudwatch:GetMetricData",
  "cloudwatch:GetMetricStatistics",
  "cloudwatch:ListMetrics",
];

/**
 * What finds resources by their tags. It cannot be limited to a resource.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonresourcegrouptaggingapi.html
 */
export const FIND_TAGGED_ACTIONS: readonly string[] = ["tag:GetResources"];

/** What writes to streams of a log group that stands already. */
export const WRITE_LOG_STREAMS_ACTIONS: readonly string[] = [
  "logs:CreateLogStream",
  "logs:DescribeLogStreams",
  "logs:PutLogEvents",
];

/** What sends samples to a workspace of Amazon Managed Service for Prometheus. */
export const REMOTE_WRITE_ACTIONS: readonly string[] = ["aps:RemoteWrite"];
