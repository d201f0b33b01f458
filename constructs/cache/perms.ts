/** What opening a connection as an IAM-authenticated user takes, on the cache and on the user. */
export const CONNECT_ACTIONS: readonly string[] = ["elasticache:Connect"];
