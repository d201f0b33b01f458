import { objectRule } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { gpuPool } from "./private/example-pools";
import { nodePools } from "./private/node-pools";
import { matchingPools } from "./private/placement";

/** Nothing is said of flavours without labels, which any node fulfils, nor where no pool is known. */
export const schedFlavorMatchesPool = objectRule({
  id: "FD-SCHED-012",
  slug: "sched-flavor-matches-pool",
  title: "Flavours stand for a pool that exists",
  severity: "high",
  packs: ["mlops", "gpu"],
  why: "Kueue lets jobs in by quota and gives them the labels of the flavour: if no pool has these, they hold their quota and stay pending.",
  fix: "Write labels of one pool into `spec.nodeLabels`.",
  kinds: ["ResourceFlavor"],
  judge: (flavor, { graph }) => {
    const pools = nodePools(graph);
    const labels = flavor.at("spec.nodeLabels");
    if (pools.length === 0 || labels.keys.length === 0) return notApplicable();
    if (matchingPools({ selector: labels, terms: [], given: true }, pools).length > 0) return pass();
    const message = `\`${labels.path}\` must be labels of one pool, got ${labels.toString()}`;
    const about = { attribute: labels.path };
    return pools.every(({ known }) => known)
      ? fail(message, about)
      : unknown(`${message}, as far as pools are known`, about);
  },
  examples: {
    failing: { terraform: gpuPool(), objects: [flavorFor("h100")] },
    passing: { terraform: gpuPool(), objects: [flavorFor("l40s")] },
    unknown: { terraform: gpuPool({ labels: "${var.labels}" }), objects: [flavorFor("h100")] },
  },
});

function flavorFor(pool: string): Readonly<Record<string, unknown>> {
  const spec = { nodeLabels: { pool } };
  return { apiVersion: "kueue.x-k8s.io/v1beta2", kind: "ResourceFlavor", metadata: { name: pool }, spec };
}
