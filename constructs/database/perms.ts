/** What connecting as a database user takes: a token that IAM signs stands in for the password. */
export const CONNECT_ACTIONS: readonly string[] = ["rds-db:connect"];
