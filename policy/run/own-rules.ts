import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PolicyInputError, ProblemCollector } from "../enforcement/policy-input-error";
import type { PolicyProblem } from "../enforcement/policy-input-error";
import { reasonOf } from "../enforcement/reason-of";
import { checkRules } from "../engine/check-rules";
import type { Rule } from "../engine/rule";

const IS_MODULE = /(?<!\.d)\.(ts|js|cjs|mjs)$/;
const IS_TEST = /\.test\.\w+$/;
const SHIPPED_PREFIX = "FD-";

/**
 * Loads rules of one's own: all that the modules of a folder export, alone or in lists. What a module exports beside them is
 * its own business; declarations of types and tests are passed over, and so are folders in it.
 *
 * TypeScript is loaded by whatever runs this process.
 *
 * @param root root of the configuration
 * @param folder relative to it
 * @param shipped rules that are there already
 * @returns in the order of file names
 * @throws PolicyInputError with everything that is wrong with any of them, each with its file
 */
export function loadOwnRules(root: string, folder: string, shipped: readonly Rule[]): readonly Rule[] {
  const collector = new ProblemCollector();
  const files = collector.try(() => modulesOf(root, folder)) ?? [];
  const loaded = files.flatMap((file) => {
    const rules = collector.try(() => loadModule(root, file)) ?? [];
    return rules.map((rule) => ({ file, rule }));
  });
  collector.add(shared(loaded, shipped));
  collector.throwIfAny();
  return loaded.map(({ rule }) => rule);
}

function modulesOf(root: string, folder: string): readonly string[] {
  const files = attempt(folder, "cannot be read", () => readdirSync(join(root, folder), { withFileTypes: true }))
    .filter((entry) => entry.isFile() && IS_MODULE.test(entry.name) && !IS_TEST.test(entry.name))
    .map((entry) => `${folder.replace(/\/+$/, "")}/${entry.name}`)
    .sort();
  if (files.length > 0) return files;
  throw new PolicyInputError([{ where: folder, message: "must hold at least one module with rules, and holds none" }]);
}

function loadModule(root: string, file: string): readonly Rule[] {
  const path = join(root, file);
  const exported = attempt(file, "cannot be loaded", () => createRequire(path)(path) as unknown);
  const values = typeof exported === "object" && exported !== null ? Object.values(exported) : [exported];
  const rules = [...new Set([exported, ...values].flatMap((value) => (Array.isArray(value) ? value : [value])))].filter(
    looksLikeRule,
  );
  const problems = rules.length === 0 ? ["must export at least one rule, and exports none"] : checkRules(rules);
  const foreign = rules
    .filter(({ id }) => typeof id === "string" && id.startsWith(SHIPPED_PREFIX))
    .map(({ id }) => `${id}: ids that begin with ${SHIPPED_PREFIX} are those of the rules that ship`);
  const all = [...problems, ...foreign].map((message) => ({ where: file, message }));
  if (all.length > 0) throw new PolicyInputError(all);
  return rules;
}

/** A rule that was not made by one of the functions for it is meant as one all the same, and is told what it lacks. */
function looksLikeRule(value: unknown): value is Rule {
  return typeof value === "object" && value !== null && "judge" in value;
}

/** Names that are taken by another file or by a rule that ships; within one file `checkRules` has found them. */
function shared(
  loaded: readonly { readonly file: string; readonly rule: Rule }[],
  shipped: readonly Rule[],
): readonly PolicyProblem[] {
  return (["id", "slug"] as const).flatMap((field) => {
    const holders = new Map(shipped.map((rule) => [rule[field], { file: "", what: `the rule ${rule.id} that ships` }]));
    return loaded.flatMap(({ file, rule }): PolicyProblem[] => {
      const holder = holders.get(rule[field]);
      if (!holder) holders.set(rule[field], { file, what: `${rule.id} in ${file}` });
      if (!holder || holder.file === file) return [];
      const name = JSON.stringify(rule[field]);
      return [
        {
          where: file,
          message: `${rule.id}: \`${field}\` must be its own, got ${name}, which is that of ${holder.what}`,
        },
      ];
    });
  });
}

function attempt<T>(where: string, what: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new PolicyInputError([{ where, message: `${what}: ${reasonOf(error)}` }]);
  }
}
