import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { fail, pass } from "../../engine/verdict";
import { backendOf } from "../private/stack-parts";
import { storedUnder } from "./private/example-stacks";
import { ownState } from "./private/state-reads";

const stacks = (...keys: readonly string[]): Example => ({
  stacks: Object.fromEntries(keys.map((key, index) => [`stack-${index}`, storedUnder(key, {})])),
});

/** Names of local states are relative to the folder that a stack is run in, and not compared. */
export const stackStateOwnKey = environmentRule({
  id: "FD-STACK-003",
  slug: "stack-state-own-key",
  title: "No two stacks keep their state in the same place",
  severity: "critical",
  packs: ["baseline"],
  why: "The second stack finds the resources of the first in its state, not in its code, and destroys them.",
  fix: "Give each stack a `key` of its own in the backend.",
  judge: ({ graph }) => {
    const first = new Map<string, string>();
    return graph.stacks.flatMap((stack) => {
      const state = ownState(stack);
      const part = backendOf(stack);
      if (state === undefined || part === undefined || stack.backend?.type === "local") return [];
      const other = first.get(state);
      if (other === undefined) first.set(state, stack.id);
      const key = part.value.at(stack.backend?.type === "gcs" ? "prefix" : "key");
      const message = `\`${key.path}\` must be the stack's own, got ${key.toString()}, which ${other} has too`;
      return [
        { subject: part.subject, verdict: other === undefined ? pass() : fail(message, { attribute: key.path }) },
      ];
    });
  },
  examples: {
    failing: stacks("atlas/prod/data.tfstate", "atlas/prod/data.tfstate"),
    passing: stacks("atlas/prod/data.tfstate", "atlas/prod/network.tfstate"),
  },
});
