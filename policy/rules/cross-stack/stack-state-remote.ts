import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { fail, pass } from "../../engine/verdict";
import { backendOf } from "../private/stack-parts";

const stack = (backend: object): Example => ({ terraform: { terraform: { backend } } });

/** Outside development. Where no backend is written, as in a plan, nothing is said. */
export const stackStateRemote = environmentRule({
  id: "FD-STACK-006",
  slug: "stack-state-remote",
  title: "In staging and production, states do not lie on somebody's disk",
  severity: "high",
  packs: ["baseline"],
  why: "A state on a disk is lost with it, is locked against nobody else, and the next apply from another machine makes everything a second time.",
  fix: "Configure a remote backend, such as s3 with `use_lockfile`.",
  judge: ({ environment, graph }) =>
    environment.stage === "dev"
      ? []
      : graph.stacks.flatMap((stack) => {
          const part = backendOf(stack);
          if (part === undefined) return [];
          const verdict =
            stack.backend?.type === "local"
              ? fail(`the backend must be remote, got "local" at ${part.value.at("path").toString()}`)
              : pass();
          return [{ subject: part.subject, verdict }];
        }),
  examples: {
    failing: stack({ local: { path: "terraform.tfstate" } }),
    passing: stack({ s3: { bucket: "state", key: "data.tfstate" } }),
  },
});
