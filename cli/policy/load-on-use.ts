import { createRequire } from "node:module";
import type * as policy from "../../policy";
import type * as allRules from "./all-rules";
import type * as findRule from "./find-rule";
import type { runPolicyCheck } from "./run-policy-check";

interface Modules {
  readonly "../../policy": typeof policy;
  readonly "./all-rules": typeof allRules;
  readonly "./find-rule": typeof findRule;
  readonly "./run-policy-check": { readonly runPolicyCheck: typeof runPolicyCheck };
}

const load = createRequire(__filename);

/**
 * Loads a module that brings all rules with it, when it is used: hundreds of files, for which no other command should wait.
 * A dynamic import would ask for Node's other loader, which knows no TypeScript where only `require` was taught it.
 */
export function loadOnUse<Name extends keyof Modules>(name: Name): Modules[Name] {
  return load(name) as Modules[Name];
}
