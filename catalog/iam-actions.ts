import data from "./iam-actions.json";

/** What an action does, as IAM counts it. Listing counts as reading. */
export type IamAccess = "read" | "tagging" | "write" | "permissions";

/** An action of IAM that exists. */
export interface IamAction {
  /** e.g. `s3:GetObject`, as AWS spells it. */
  readonly name: string;
  /** Undefined for one that cannot be restricted: the table does not say what those do. */
  readonly access?: IamAccess;
  /** Whether a policy may name the resources it works on; one that is not works with `*` only. */
  readonly restrictable: boolean;
}

const ACCESSES = ["read", "tagging", "write", "permissions"] as const;
const SERVICES: Readonly<Record<string, Readonly<Partial<Record<IamAccess | "unrestrictable", string>>>>> =
  data.services;

/** Actions of a service by lower-case name; made when a service is first asked for. */
const index = new Map<string, ReadonlyMap<string, IamAction>>();

/** Day the table of actions was last made, `YYYY-MM-DD`. */
export function iamActionsAsOf(): string {
  return data.asOf;
}

/**
 * The actions that a pattern of a policy means.
 *
 * @param pattern e.g. `s3:Get*`; upper and lower case are the same, `*` and `?` are wildcards; `*` alone means all
 *
 * @returns empty when the table has none
 */
export function iamActionsMatching(pattern: string): readonly IamAction[] {
  const [service = "", name = "*"] = pattern.toLowerCase().split(":");
  const services = isPattern(service) ? Object.keys(SERVICES).filter(matcher(service)) : [service];
  return services.flatMap((key) => {
    const actions = actionsOf(key);
    if (!isPattern(name)) return actions.get(name) ?? [];
    const matches = matcher(name);
    return [...actions].filter(([known]) => matches(known)).map(([, action]) => action);
  });
}

function actionsOf(service: string): ReadonlyMap<string, IamAction> {
  const known = index.get(service);
  if (known) return known;
  const groups = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
  const named = (names = "", about: Omit<IamAction, "name">): readonly [string, IamAction][] =>
    names
      .split(" ")
      .filter((name) => name !== "")
      .map((name) => [name.toLowerCase(), { name: `${service}:${name}`, ...about }]);
  const actions = new Map([
    ...ACCESSES.flatMap((access) => named(groups?.[access], { access, restrictable: true })),
    ...named(groups?.unrestrictable, { restrictable: false }),
  ]);
  if (groups) index.set(service, actions);
  return actions;
}

function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

function matcher(pattern: string): (text: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  const expression = new RegExp(`^${source}$`);
  return (text) => expression.test(text);
}
