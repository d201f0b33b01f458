import data from "./postgres-versions.json";
import { UnknownNameError } from "./unknown-name-error";

/** A major version of PostgreSQL on RDS. Dates are `YYYY-MM-DD`. */
export interface PostgresVersion {
  /** Major version, as in `18`. */
  readonly major: string;
  /** Newest minor version known, as in `18.4`. */
  readonly latest: string;
  /** Day RDS offered the major version. */
  readonly released: string;
  /** Last day of standard support. */
  readonly standardSupportUntil: string;
  /** Last day of extended support, which costs extra; RDS enrols databases by itself after standard support. */
  readonly extendedSupportUntil: string;
}

const VERSIONS: readonly PostgresVersion[] = data.versions;

/** Every major version known, the newest first. */
export function postgresVersions(): readonly PostgresVersion[] {
  return VERSIONS;
}

/** Day the table of versions was last checked, `YYYY-MM-DD`. */
export function postgresVersionsAsOf(): string {
  return data.asOf;
}

/**
 * The major version that a version belongs to, or `undefined` when there is none, or its minor version is newer than the
 * newest known.
 *
 * @param version major version, as in `18`, or major and minor, as in `18.4`
 */
export function tryFindPostgresVersion(version: string): PostgresVersion | undefined {
  const [, major, minor] = /^(\d+)(?:\.(0|[1-9]\d*))?$/.exec(version) ?? [];
  const found = VERSIONS.find((known) => known.major === major);
  if (found === undefined || minor === undefined) return found;
  return Number(minor) <= Number(found.latest.split(".")[1]) ? found : undefined;
}

/**
 * The major version that a version belongs to.
 *
 * @param version major version, as in `18`, or major and minor, as in `18.4`
 *
 * @throws UnknownNameError when the catalogue has none
 */
export function findPostgresVersion(version: string): PostgresVersion {
  const found = tryFindPostgresVersion(version);
  if (found !== undefined) return found;
  throw new UnknownNameError(
    "PostgreSQL version",
    version,
    VERSIONS.map((known) => known.latest),
  );
}
