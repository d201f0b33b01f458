/** A `helm_release`, references resolved. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  /** @default - the chart is a path, or an address with everything in it */
  readonly repository?: string;
  /** @default - the newest one */
  readonly version?: string;
  /** Texts of values files. */
  readonly values: readonly string[];
  readonly skipCrds: boolean;
  readonly disableHooks: boolean;
}

type Config = Readonly<Record<string, unknown>>;

/** Reads the arguments of a `helm_release`. */
export function readRelease(config: Config): Release {
  const { repository, version, values } = config;
  return {
    name: textOf(config.name),
    namespace: textOf(config.namespace) || "default",
    chart: textOf(config.chart),
    ...(repository === undefined ? {} : { repository: textOf(repository) }),
    ...(version === undefined ? {} : { version: textOf(version) }),
    values: Array.isArray(values) ? values.map(textOf) : [],
    skipCrds: config.skip_crds === true,
    disableHooks: config.disable_webhooks === true,
  };
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}
