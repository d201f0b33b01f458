import type { EnvironmentConfig } from "../config";

/** The /16 networks of 10.0.0.0/8 bound the number of copies that do not overlap. */
const MOST_COPIES = 256;

/**
 * Copies of one environment that could stand side by side: each with its own project, account, address range and state bucket.
 *
 * @param count 1 to 256
 */
export function copyEnvironment(config: EnvironmentConfig, count: number): EnvironmentConfig[] {
  if (!Number.isInteger(count) || count < 1 || count > MOST_COPIES) {
    throw new RangeError(`count must be a whole number from 1 to ${MOST_COPIES}, got ${count}`);
  }
  return Array.from({ length: count }, (_, index) => {
    const account = String(100_000_000_000 + index);
    return {
      ...config,
      project: `p${String(index).padStart(3, "0")}`,
      account,
      state: { ...config.state, bucket: `flightdeck-state-${account}-${config.region}` },
      network: { ...config.network, cidr: `10.${index}.0.0/16` },
    };
  });
}
