import { buildGraph } from "../engine/build-graph";
import type { RuleContext } from "../engine/context";
import { judge } from "../engine/judge";
import type { Judged } from "../engine/result";
import type { Example, Rule } from "../engine/rule";
import { STAGE_THRESHOLDS } from "../engine/thresholds";
import { addressOf } from "../inputs/kubernetes-yaml";
import { readPlan } from "../inputs/plan-json";
import { toKubernetesObject } from "../inputs/rendered-objects";
import { readTerraformJson } from "../inputs/terraform-json";

/** The day on which examples are judged: what they show of supported versions stays as it was. */
export const EXAMPLE_DAY = "2026-11-21";

/**
 * Asks one rule about one of its examples, as a run would. What the example leaves out is as its docs say; its one stack is
 * `atlas-<stage>-example`, and its plan is one of that stack.
 *
 * @throws `InputError` when the example is not what Terraform, a plan or Kubernetes would write
 */
export function judgeExample(rule: Rule, example: Example): Judged {
  return judge([rule], contextOf(example));
}

/** What a rule may look at when it is asked about an example. */
export function contextOf(example: Example): RuleContext {
  const { stage = "prod", environment, thresholds } = example;
  const facts = { project: "atlas", account: "111111111111", region: "us-east-1", others: [], ...environment };
  return {
    graph: graphOf(example, `atlas-${stage}-example`),
    environment: { ...facts, stage },
    thresholds: { ...STAGE_THRESHOLDS[stage], ...thresholds },
    today: EXAMPLE_DAY,
  };
}

function graphOf({ terraform, stacks, objects = [], changes, drift }: Example, id: string): RuleContext["graph"] {
  const written = { ...(terraform && { [id]: terraform }), ...stacks };
  const read = Object.entries(written).map(([stack, json]) => readTerraformJson(JSON.stringify(json), { stack }));
  const plan = { format_version: "1.2", resource_changes: changes ?? [], resource_drift: drift ?? [] };
  const planned = readPlan(JSON.stringify(plan), { stack: id });
  return buildGraph({
    // A plan of stacks that are written out would bring their resources a second time.
    stacks: read.length === 0 && changes ? [planned.stack] : read,
    objects: objects.map((object) => toKubernetesObject(object, { stack: id, address: addressOf(object) })),
    changes: planned.changes,
  });
}
