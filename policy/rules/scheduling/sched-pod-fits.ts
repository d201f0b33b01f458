import { podSpecOf, WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { deployment } from "../k8s/private/example-objects";
import { asksForAccelerator, demandOf } from "./private/accelerators";
import { cpuPool } from "./private/example-pools";
import { nodePools } from "./private/node-pools";
import { matchingPools, misfit, placementOf } from "./private/placement";

/** Pods with GPUs have rules of their own; DaemonSets run wherever their labels are. */
export const schedPodFits = objectRule({
  id: "FD-SCHED-016",
  slug: "sched-pod-fits",
  title: "Pods fit on a node of a pool that exists",
  severity: "medium",
  packs: ["mlops"],
  why: "A pod whose labels no pool has, or that asks for more than its largest node has, waits for ever, without an error in any deploy.",
  fix: "Name labels of a pool in `nodeSelector`, and ask for no more CPU and memory than one of its nodes has.",
  kinds: WORKLOAD_KINDS.filter((kind) => kind !== "DaemonSet"),
  judge: (workload, { graph }) => {
    const pools = nodePools(graph);
    if (pools.length === 0 || podSpecOf(workload).absent || asksForAccelerator(workload)) return notApplicable();
    const matching = matchingPools(placementOf(workload), pools);
    const certain = pools.every(({ known }) => known);
    const verdict = (message: string) => (certain ? fail(message) : unknown(`${message}, as far as pools are known`));
    const names = pools.map(({ name }) => name).join(", ");
    if (matching.length === 0) return verdict(`no pool has the labels that its pods ask for, of ${names}`);
    const misfits = matching.map((pool) => misfit(demandOf(workload), pool));
    if (misfits.includes(undefined)) return pass();
    return verdict(
      `its pods must fit on a node of pool \`${matching[0]?.name ?? ""}\`: they ask for ${misfits[0] ?? ""}`,
    );
  },
  examples: {
    failing: { terraform: cpuPool(), objects: [deployment({ container: { resources: { requests: { cpu: "64" } } } })] },
    passing: { terraform: cpuPool(), objects: [deployment({ pod: { nodeSelector: { pool: "services" } } })] },
    unknown: {
      terraform: cpuPool({ labels: "${var.labels}" }),
      objects: [deployment({ pod: { nodeSelector: { pool: "services" } } })],
    },
  },
});
