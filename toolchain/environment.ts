/** Environment variables as a value: the toolchain never reads the ones of its own process. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;
