import type { EnvironmentDraft, Finding } from "../draft";
import { checkStoreLists } from "./store-lists";

/** IAM role names of the control plane and the nodes start so, after project and stage. */
const CLUSTER_ROLE_PREFIX = "eks-";

/** Pod roles: one per service account, each granting something, no store granted twice. */
export function* checkPodRoles({ podRoles, data }: EnvironmentDraft): Generator<Finding> {
  const holders = new Map<string, string>();
  for (const [name, role] of Object.entries(podRoles ?? {})) {
    if (role === undefined) continue;
    const path = ["podRoles", name];
    const { namespace, serviceAccount, read, readWrite } = role;
    if (name.startsWith(CLUSTER_ROLE_PREFIX)) {
      yield {
        path,
        rule: `must not start with ${CLUSTER_ROLE_PREFIX}, as the roles of the cluster itself do`,
        got: name,
      };
    }
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
