import data from "./load-balancer-tls-policies.json";

/** Whether a security policy of a load balancer takes nothing older than TLS 1.2; undefined when the table lacks it. */
export function takesOnlyTls12(policy: string): boolean | undefined {
  if (data.fromTls12.includes(policy)) return true;
  return data.older.includes(policy) ? false : undefined;
}

/** The security policy of a listener that names none. */
export function defaultTlsPolicy(): string {
  return data.default;
}

/** Day the table of security policies was last checked, `YYYY-MM-DD`. */
export function tlsPoliciesAsOf(): string {
  return data.asOf;
}
