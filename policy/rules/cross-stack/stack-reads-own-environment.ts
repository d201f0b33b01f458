import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { fail, pass, unknown } from "../../engine/verdict";
import { findByAccount, findByName } from "../private/other-environments";
import { readsFrom } from "./private/example-stacks";

const reads = (key: string): Example => ({
  terraform: { data: { terraform_remote_state: { network: readsFrom(key) } } },
  environment: { project: "atlas", others: [{ project: "atlas", stage: "dev", account: "222222222222" }] },
});

/** Another environment is told by its account, or by project and stage in bucket, key or workspace. */
export const stackReadsOwnEnvironment = environmentRule({
  id: "FD-STACK-002",
  slug: "stack-reads-own-environment",
  title: "Stacks read the states of their own environment only",
  severity: "high",
  packs: ["baseline"],
  why: "A stack that reads another environment is changed by what is applied there, and puts its resources into that one's network or behind its keys.",
  fix: "Point `config` of the data source at the state of the same environment.",
  judge: ({ environment, graph }) => {
    const [byAccount, byName] = [findByAccount(environment), findByName(environment)];
    return graph.dataOf("terraform_remote_state").map((subject) => {
      const config = subject.at("config");
      const texts = [...["bucket", "key", "path", "prefix"].map((name) => config.at(name)), subject.at("workspace")];
      for (const text of texts) {
        const other = byAccount(text.text ?? "") ?? byName(text.text ?? "");
        if (other === undefined) continue;
        const message = `\`${text.path}\` must name a state of this environment, got ${text.toString()}, which is of ${other.project}/${other.stage}`;
        return { subject, verdict: fail(message, { attribute: text.path }) };
      }
      if (!config.unknown) return { subject, verdict: pass() };
      const message = `\`${config.path}\` must name a state of this environment, and is known only after apply`;
      return { subject, verdict: unknown(message, { attribute: config.path }) };
    });
  },
  examples: {
    failing: reads("atlas/dev/network.tfstate"),
    passing: reads("atlas/prod/network.tfstate"),
    unknown: {
      terraform: { data: { terraform_remote_state: { network: { backend: "s3", config: "${var.state}" } } } },
    },
  },
});
