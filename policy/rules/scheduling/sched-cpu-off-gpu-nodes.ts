import { must } from "../../engine/expect";
import { podSpecOf, WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { allOf, notApplicable, pass } from "../../engine/verdict";
import { deployment } from "../k8s/private/example-objects";
import { asksForAccelerator } from "./private/accelerators";

const GPU_TAINTS = ["nvidia.com/gpu", "aws.amazon.com/neuron", "amd.com/gpu"];

/** DaemonSets serve the node itself, and the agents of GPU nodes must run there. */
export const schedCpuOffGpuNodes = objectRule({
  id: "FD-SCHED-013",
  slug: "sched-cpu-off-gpu-nodes",
  title: "What needs no GPU stays off nodes with GPUs",
  severity: "medium",
  packs: ["gpu", "cost"],
  why: "The taint is all that keeps other pods off. One that tolerates it takes CPU and memory from models and keeps the dearest nodes from going away.",
  fix: "Take the toleration out; `operator: Exists` without a key tolerates the taint of GPU nodes too.",
  kinds: WORKLOAD_KINDS.filter((kind) => kind !== "DaemonSet"),
  judge: (workload) => {
    const spec = podSpecOf(workload);
    if (spec.absent || asksForAccelerator(workload)) return notApplicable();
    return allOf(
      pass(),
      spec.each("tolerations").map((toleration) => {
        const key = toleration.at("key");
        const effect = toleration.at("effect");
        if (effect.literal === "PreferNoSchedule") return pass();
        return must(
          key,
          (literal) => literal !== undefined && literal !== "" && !GPU_TAINTS.includes(String(literal)),
          "must not be a taint of nodes with GPUs",
        );
      }),
    );
  },
  examples: {
    failing: { objects: [deployment({ pod: { tolerations: [{ operator: "Exists" }] } })] },
    passing: { objects: [deployment({ pod: { tolerations: [{ key: "workload", operator: "Exists" }] } })] },
    unknown: { objects: [deployment({ pod: { tolerations: [{ key: "${var.taint}", operator: "Exists" }] } })] },
  },
});
