import type { KubernetesObject } from "../../../engine/subject";
import type { Value } from "../../../engine/value";
import { allOf, fail, notApplicable, pass, unknown } from "../../../engine/verdict";
import type { Verdict } from "../../../engine/verdict";

/** A `*` in a permission of a role, or what may turn out to be one. */
interface Wildcard {
  readonly value: Value;
  /** What it opens, as the end of a sentence that starts with ``must not be `*` ``; undefined when it is narrow. */
  readonly opens?: string;
}

/** The wildcards of one permission of a role. */
interface Wildcards {
  /** Those that are there. */
  readonly sure: readonly Wildcard[];
  /** Those that are there if everything that is not known is `*`. */
  readonly possible: readonly Wildcard[];
}

const READING: ReadonlySet<string> = new Set(["get", "list", "watch"]);
const CORE = "";
const RBAC = "rbac.authorization.k8s.io";
/** Resources of the core API through which a namespace is taken over, or a secret is read. */
const POWERFUL: ReadonlySet<string> = new Set([
  "secrets",
  "serviceaccounts",
  "serviceaccounts/token",
  "pods",
  "pods/exec",
  "pods/attach",
  "pods/portforward",
  "pods/proxy",
  "pods/ephemeralcontainers",
  "services/proxy",
  "nodes/proxy",
]);

/** Fails for every wildcard of a role that opens more than a narrow one does; see {@link judgeNarrowWildcards}. */
export function judgeOpenWildcards(role: KubernetesObject): Verdict {
  return allOf(
    pass(),
    wildcardsOf(role).flatMap(({ sure, possible }) => {
      const opened = sure.filter(isOpen);
      return opened.length > 0 ? opened.map(faultOf) : possible.filter(isOpen).map(laterOf);
    }),
  );
}

/**
 * Fails for every narrow wildcard of a role: it stands for the verbs of named resources in one namespace, or for reading what
 * APIs other than the core one and that of roles have. Permissions that are open, or may be, are not judged.
 */
export function judgeNarrowWildcards(role: KubernetesObject): Verdict {
  return allOf(
    wildcardsOf(role).flatMap(({ sure, possible }): readonly Verdict[] => {
      if (possible.some(isOpen)) return [notApplicable()];
      if (sure.length > 0) return sure.map(faultOf);
      return possible.length > 0 ? possible.map(laterOf) : [pass()];
    }),
  );
}

function isOpen({ opens }: Wildcard): boolean {
  return opens !== undefined;
}

function faultOf(wildcard: Wildcard): Verdict {
  return fail(`${demandOf(wildcard)}, got "*"`, { attribute: wildcard.value.path });
}

function laterOf(wildcard: Wildcard): Verdict {
  const { value } = wildcard;
  const what = value.unknown ? "is known only after apply" : "what it goes with is known only after apply";
  return unknown(`${demandOf(wildcard)}, and ${what}: ${value.toString()}`, { attribute: value.path });
}

function demandOf({ value, opens }: Wildcard): string {
  return [`\`${value.path}\` must not be \`*\``, ...(opens === undefined ? [] : [opens])].join(" ");
}

function wildcardsOf(role: KubernetesObject): readonly Wildcards[] {
  return role.each("rules").map((rule) => {
    const parts = { groups: rule.each("apiGroups"), resources: rule.each("resources"), verbs: rule.each("verbs") };
    return { sure: wildcardsIn(role.kind, parts, false), possible: wildcardsIn(role.kind, parts, true) };
  });
}

type Part = "groups" | "resources" | "verbs";

function wildcardsIn(
  kind: string,
  parts: Readonly<Record<Part, readonly Value[]>>,
  unknownIsAny: boolean,
): readonly Wildcard[] {
  const textOf = ({ unknown: later, literal }: Value): unknown => (later && unknownIsAny ? "*" : literal);
  const textsOf = (part: Part): readonly string[] => parts[part].map(textOf).filter((text) => typeof text === "string");
  const [groups, resources, verbs] = [textsOf("groups"), textsOf("resources"), textsOf("verbs")];
  const starsOf = (part: Part, opens: string | undefined): readonly Wildcard[] =>
    parts[part].filter((value) => textOf(value) === "*").map((value) => ({ value, opens }));
  return [
    ...starsOf("groups", "for it is every API, also one that is installed later"),
    ...starsOf("resources", openedByResources(groups, verbs)),
    ...starsOf("verbs", openedByVerbs(kind, groups, resources)),
  ];
}

function openedByResources(groups: readonly string[], verbs: readonly string[]): string | undefined {
  if (groups.includes(CORE)) return "in the core API, which holds the secrets";
  if (groups.includes(RBAC)) return "in the API of roles";
  return verbs.every((verb) => READING.has(verb)) ? undefined : "with verbs other than get, list and watch";
}

function openedByVerbs(kind: string, groups: readonly string[], resources: readonly string[]): string | undefined {
  if (kind === "ClusterRole") return "in a ClusterRole, which holds for every namespace";
  if (groups.includes(RBAC)) return "on the roles themselves";
  const powerful = groups.includes(CORE) ? resources.find((resource) => POWERFUL.has(resource)) : undefined;
  return powerful === undefined ? undefined : `on ${powerful}`;
}
