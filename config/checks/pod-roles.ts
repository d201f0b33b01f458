import type { EnvironmentDraft, Finding } from "../draft";
import { duplicates } from "../wording";

/** IAM role names of the control plane and the nodes start so, after project and stage. */
const CLUSTER_ROLE_PREFIX = "eks-";

/** Pod roles: one per service account, each granting something, no store granted twice. */
export function* checkPodRoles({ podRoles }: EnvironmentDraft): Generator<Finding> {
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
    if (read?.length === 0 && readWrite?.length === 0) {
      yield { path, rule: "must name at least one store under read or readWrite" };
    }
    for (const list of ["read", "readWrite"] as const) {
      for (const { value, index } of duplicates(role[list] ?? [])) {
        yield { path: [...path, list, index], rule: "must not name a store twice", got: value };
      }
    }
    for (const [index, store] of (read ?? []).entries()) {
      if (store === undefined || !readWrite?.includes(store)) continue;
      const rule = "must not be under both read and readWrite; readWrite includes reading";
      yield { path: [...path, "read", index], rule, got: store };
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
