import { tryFindRegion } from "../../catalog";
import type { EnvironmentDraft, Finding } from "../draft";
import type { ValuePath } from "../value-path";

/** A role that is given rights in the cluster, and where. */
interface Entry {
  readonly list: string;
  readonly path: ValuePath;
  readonly role: string;
}

/** Who may use the cluster: roles of the own account and partition, each in one list and once. */
export function* checkAccess(draft: EnvironmentDraft): Generator<Finding> {
  const entries = entriesOf(draft);
  for (const [index, { list, path, role }] of entries.entries()) {
    const earlier = entries.slice(0, index).find((other) => other.role === role);
    if (earlier?.list === list) yield { path, rule: "must not name a role twice", got: role };
    else if (earlier) yield { path, rule: `must not also be one of cluster.${earlier.list}`, got: role };
    yield* checkRole(draft, path, role);
  }
}

function entriesOf({ cluster }: EnvironmentDraft): Entry[] {
  const lists = { admins: cluster?.admins, deployers: cluster?.deployers, viewers: cluster?.viewers };
  const plain = Object.entries(lists).flatMap(([list, roles]) =>
    (roles ?? []).map((role, index) => ({ list, path: ["cluster", list, index], role })),
  );
  const editors = (cluster?.editors ?? []).map((editor, index) => ({
    list: "editors",
    path: ["cluster", "editors", index, "role"],
    role: editor?.role,
  }));
  return [...plain, ...editors].flatMap(({ list, path, role }) => (role === undefined ? [] : [{ list, path, role }]));
}

function* checkRole(draft: EnvironmentDraft, path: ValuePath, role: string): Generator<Finding> {
  const partition = draft.region === undefined ? undefined : tryFindRegion(draft.region)?.partition;
  const [, rolePartition, , , account] = role.split(":");
  if (account !== undefined && draft.account !== undefined && account !== draft.account) {
    const allowed = `a role of account ${draft.account}`;
    yield { path, rule: "must be a role of the environment's own account", got: role, allowed };
  }
  if (rolePartition !== undefined && partition !== undefined && rolePartition !== partition) {
    const rule = `must be a role of the partition that ${draft.region} is in`;
    yield { path, rule, got: role, allowed: `arn:${partition}:iam::…` };
  }
}
