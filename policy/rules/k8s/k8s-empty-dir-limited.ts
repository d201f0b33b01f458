import { mustBeSet } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { job } from "./private/example-objects";
import { judgeVolumes } from "./private/workloads";

/** Directories in memory are another rule's. */
export const k8sEmptyDirLimited = objectRule({
  id: "FD-K8S-050",
  slug: "k8s-empty-dir-limited",
  title: "Scratch directories of a pod have a size",
  severity: "low",
  packs: ["strict"],
  why: "One that grows fills the disk of its node, and the kubelet evicts whatever runs there.",
  fix: "Set `emptyDir.sizeLimit` of the volume.",
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeVolumes(workload, (volume) => {
      const directory = volume.at("emptyDir");
      const judged = !directory.absent && directory.at("medium").literal !== "Memory";
      return judged ? mustBeSet(directory.at("sizeLimit")) : notApplicable();
    }),
  examples: {
    failing: { objects: [job({ pod: { volumes: [{ name: "scratch", emptyDir: {} }] } })] },
    passing: { objects: [job({ pod: { volumes: [{ name: "scratch", emptyDir: { sizeLimit: "10Gi" } }] } })] },
  },
});
