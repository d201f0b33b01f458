/** What a VPC records of its connections. */
export interface FlowLogOptions {
  /**
   * Which connections: `all`, or `reject` for those that a security group or network ACL refused. `reject` is a small part of
   * `all` and of its price, but does not show what was sent to where.
   *
   * @default "all"
   */
  readonly traffic?: "all" | "reject";
  /**
   * Days CloudWatch keeps the records: one of the periods it offers.
   *
   * @default 90
   */
  readonly retentionDays?: number;
  /**
   * Longest time that one record sums up, in seconds: 60 shows more and gives up to ten times the records. It cannot be changed
   * without replacing the flow log; the records stay.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-basics.html
   * @default 600
   */
  readonly aggregationSeconds?: 60 | 600;
}
