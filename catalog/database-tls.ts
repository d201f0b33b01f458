import data from "./database-tls.json";

/** A certificate authority that RDS signs the certificates of databases with. */
export interface DatabaseAuthority {
  /** As in `rds-ca-rsa2048-g1`. */
  readonly name: string;
  /** Last day of its root certificate, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** How an engine is told to refuse connections without TLS. */
export interface DatabaseTls {
  /** Name of the parameter, as in `rds.force_ssl`; `1`, `ON` and `true` switch it on. */
  readonly parameter: string;
  /** First version whose default is on; undefined when none is. */
  readonly requiredFrom?: string;
}

const AUTHORITIES: readonly DatabaseAuthority[] = data.authorities;
const PARAMETERS: readonly (DatabaseTls & { readonly engine: string })[] = data.parameters;

/** The certificate authority of that name, or `undefined`. */
export function tryFindDatabaseAuthority(name: string): DatabaseAuthority | undefined {
  return AUTHORITIES.find((authority) => authority.name === name);
}

/** Every certificate authority known, expired ones included. */
export function databaseAuthorities(): readonly DatabaseAuthority[] {
  return AUTHORITIES;
}

/**
 * How an engine of RDS is told to demand TLS, or `undefined` for engines that are not told by a parameter.
 *
 * @param engine as in `postgres` or `sqlserver-se`
 */
export function tryFindDatabaseTls(engine: string): DatabaseTls | undefined {
  return PARAMETERS.find((known) => engine === known.engine || engine.startsWith(`${known.engine}-`));
}
