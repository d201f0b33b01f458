/** How much an environment is worth. */
export type Stage = "dev" | "staging" | "prod";
