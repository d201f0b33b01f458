import type { EnvironmentDraft, Finding } from "../draft";
import type { ValuePath } from "../value-path";
import { checkStoreLists } from "./store-lists";

/** After project and stage, names of the roles of the platform itself start or end so. */
const RESERVED = { prefixes: ["ci-", "ecr-", "eks-", "rds-", "vpc-"], suffixes: ["-replication"] } as const;

/** Pod roles: one per service account, each granting something, no store granted twice. */
export function* checkPodRoles({ podRoles, data }: EnvironmentDraft): Generator<Finding> {
  const holders = new Map<string, string>();
  for (const [name, role] of Object.entries(podRoles ?? {})) {
    if (role === undefined) continue;
    const path = ["podRoles", name];
    const { namespace, serviceAccount, read, readWrite } = role;
    yield* checkReserved(path, name);
    if (read?.length === 0 && readWrite?.length === 0 && role.database === false && role.cache === false) {
      yield { path, rule: "must grant something: a store under read or readWrite, database or cache" };
    }
    yield* checkStoreLists(path, { read: read ?? [], readWrite: readWrite ?? [] });
    for (const service of ["database", "cache"] as const) {
      if (role[service] !== true || data?.[service]?.enabled !== false) continue;
      yield { path: [...path, service], rule: `must be false while data.${service}.enabled is false`, got: true };
    }
    if (namespace === undefined || serviceAccount === undefined) continue;
    const account = `${namespace}/${serviceAccount}`;
    const holder = holders.get(account);
    if (holder === undefined) holders.set(account, name);
    else {
      const rule = `must not share its service account with podRoles.${holder}: a service account has one role`;
      yield { path: [...path, "serviceAccount"], rule, got: account };
    }
  }
}

function* checkReserved(path: ValuePath, name: string): Generator<Finding> {
  const prefix = RESERVED.prefixes.find((reserved) => name.startsWith(reserved));
  const suffix = RESERVED.suffixes.find((reserved) => name.endsWith(reserved));
  if (prefix) yield { path, rule: `must not start with ${prefix}, as roles of the platform itself do`, got: name };
  if (suffix) yield { path, rule: `must not end with ${suffix}, as roles of the platform itself do`, got: name };
}
