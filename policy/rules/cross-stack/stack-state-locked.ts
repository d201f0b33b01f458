import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { fail, pass } from "../../engine/verdict";
import { judgeBackends } from "./private/backend-rule";

const stack = (backend: object): Example => ({
  terraform: { terraform: { backend: { s3: { bucket: "state", key: "data.tfstate", ...backend } } } },
});

/** By a lock file in the bucket, or by the table of older versions. Other backends lock by themselves. */
export const stackStateLocked = environmentRule({
  id: "FD-STACK-005",
  slug: "stack-state-locked",
  title: "States are locked while they are written",
  severity: "high",
  packs: ["baseline"],
  why: "Two applies at once write over each other's state: what the first one made is forgotten, runs on, and is made again.",
  fix: "Set `use_lockfile` of the backend to true.",
  judge: (context) =>
    judgeBackends(context, ["s3"], (backend) => {
      const file = backend.at("use_lockfile");
      if (file.boolean === true || !backend.at("dynamodb_table").absent) return pass();
      return fail(`\`${file.path}\` must be true, got ${file.toString()}`, { attribute: file.path });
    }),
  examples: { failing: stack({}), passing: stack({ use_lockfile: true }) },
});
