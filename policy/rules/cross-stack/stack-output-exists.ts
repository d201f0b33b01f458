import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { allOf, fail, pass } from "../../engine/verdict";
import { readsFrom, storedUnder } from "./private/example-stacks";
import { stateReads, usedOutputs } from "./private/state-reads";

const stacks = (output: string): Example => ({
  stacks: {
    "atlas-prod-network": storedUnder("atlas/prod/network.tfstate", {
      resource: { aws_vpc: { main: { cidr_block: "10.0.0.0/16" } } },
      output: { [output]: { value: "${aws_vpc.main.id}" } },
    }),
    "atlas-prod-cluster": storedUnder("atlas/prod/cluster.tfstate", {
      data: { terraform_remote_state: { network: readsFrom("atlas/prod/network.tfstate") } },
      resource: {
        aws_security_group: { nodes: { vpc_id: "${data.terraform_remote_state.network.outputs.vpc_id}" } },
      },
    }),
  },
});

/** Looks at reads of stacks that are judged in the same run. One finding for each output that is missing. */
export const stackOutputExists = environmentRule({
  id: "FD-STACK-001",
  slug: "stack-output-exists",
  title: "Every output that another stack reads exists",
  severity: "critical",
  packs: ["baseline"],
  why: "Once the stack with the output is applied, every plan of the stacks that read it fails, and they can neither be changed nor destroyed.",
  fix: "Keep the output until no stack reads it: apply the readers without it first.",
  judge: ({ graph }) => {
    const used = usedOutputs(graph);
    return stateReads(graph).flatMap(({ data, from }) => {
      if (from === undefined) return [];
      const missing = [...(used.get(data) ?? [])].filter((name) => !Object.hasOwn(from.outputs, name)).sort();
      const faults = missing.map((name) =>
        fail(`output \`${name}\` must exist in ${from.id}: this stack reads it`, {
          attribute: `outputs.${name}`,
          key: name,
        }),
      );
      return [{ subject: data, verdict: allOf(pass(), faults) }];
    });
  },
  examples: { failing: stacks("network_id"), passing: stacks("vpc_id") },
});
