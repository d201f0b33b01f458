import { orderByNeeds } from "../../engine/circles";
import { environmentRule } from "../../engine/rule";
import type { Example, TerraformJson } from "../../engine/rule";
import { fail, pass } from "../../engine/verdict";
import { readsFrom, storedUnder } from "./private/example-stacks";
import { stateReads } from "./private/state-reads";

const reader = (of: string): TerraformJson => ({
  data: { terraform_remote_state: { other: readsFrom(`${of}.tfstate`) } },
});

const stacks = (network: TerraformJson): Example => ({
  stacks: {
    network: storedUnder("network.tfstate", network),
    cluster: storedUnder("cluster.tfstate", reader("network")),
  },
});

/** One finding for each circle, at a read of the stack that comes first by name. */
export const stackNoCircularReads = environmentRule({
  id: "FD-STACK-008",
  slug: "stack-no-circular-reads",
  title: "Stacks do not read each other's states in a circle",
  severity: "high",
  packs: ["baseline"],
  why: "No order of applies is right: on a fresh account neither stack can be applied first, and a change needs several rounds to arrive.",
  fix: "Move what both need into a stack that reads neither.",
  judge: ({ graph }) => {
    const reads = stateReads(graph).filter(({ from }) => from !== undefined);
    const needs = new Map(graph.stacks.map(({ id }) => [id, [] as string[]]));
    for (const { data, from } of reads) if (from !== undefined) needs.get(data.stack)?.push(from.id);
    const { circles } = orderByNeeds(needs);
    return reads.map(({ data, from }) => {
      const circle = circles.find((one) => one[0] === data.stack && one.includes(from?.id ?? ""));
      const verdict =
        circle === undefined ? pass() : fail(`stacks must not read each other in a circle, got ${circle.join(", ")}`);
      return { subject: data, verdict };
    });
  },
  examples: { failing: stacks(reader("cluster")), passing: stacks({}) },
});
