import { mustBeSet } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { job } from "./private/example-objects";
import { judgeVolumes } from "./private/workloads";

export const k8sMemoryVolumeLimited = objectRule({
  id: "FD-K8S-049",
  slug: "k8s-memory-volume-limited",
  title: "Shared memory of a pod has a size",
  severity: "medium",
  packs: ["gpu"],
  why: "Data loaders and NCCL fill `/dev/shm`. It counts as memory of the container, and without a size it may grow to the memory of the whole node.",
  fix: "Set `emptyDir.sizeLimit` of the volume, and count it into the memory limit.",
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeVolumes(workload, (volume) => {
      const directory = volume.at("emptyDir");
      return directory.at("medium").literal === "Memory" ? mustBeSet(directory.at("sizeLimit")) : notApplicable();
    }),
  examples: {
    failing: { objects: [job({ pod: { volumes: [{ name: "shm", emptyDir: { medium: "Memory" } }] } })] },
    passing: {
      objects: [job({ pod: { volumes: [{ name: "shm", emptyDir: { medium: "Memory", sizeLimit: "16Gi" } }] } })],
    },
  },
});
