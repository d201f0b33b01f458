import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { isMeantFor } from "../private/node-group";

const group = (capacity: object): TerraformJson => ({
  resource: {
    aws_eks_node_group: { system: { cluster_name: "atlas-prod", labels: { pool: "system" }, ...capacity } },
  },
});

/** A system pool is one that is called `system`, is labelled so, or has the taint CriticalAddonsOnly. */
export const nodeSystemOnDemand = resourceRule({
  id: "FD-NODE-014",
  slug: "node-system-on-demand",
  title: "In production, the system pool does not run on spot capacity",
  severity: "high",
  packs: ["baseline"],
  why: "EC2 takes spot nodes back with two minutes' notice, often several of a type at once: DNS, the autoscaler and the admission webhooks go together.",
  fix: "Set `capacity_type` to ON_DEMAND; keep spot capacity for work that can be interrupted.",
  types: ["aws_eks_node_group"],
  judge: (group, { environment }) => {
    const tainted = group.each("taint").some((taint) => taint.at("key").literal === "CriticalAddonsOnly");
    if (environment.stage !== "prod" || !(tainted || isMeantFor(group, "system"))) return notApplicable();
    return mustNotBe(group.at("capacity_type"), "SPOT");
  },
  examples: {
    failing: { terraform: group({ capacity_type: "SPOT" }) },
    passing: { terraform: group({ capacity_type: "ON_DEMAND" }) },
    unknown: { terraform: group({ capacity_type: "${var.capacity}" }) },
  },
});
