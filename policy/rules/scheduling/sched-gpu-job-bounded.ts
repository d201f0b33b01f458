import { mustBeSet } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { job } from "../k8s/private/example-objects";
import { asksForAccelerator } from "./private/accelerators";
import { queueOf } from "./private/queues";

export const schedGpuJobBounded = objectRule({
  id: "FD-SCHED-007",
  slug: "sched-gpu-job-bounded",
  title: "Jobs on GPUs end",
  severity: "medium",
  packs: ["gpu", "cost"],
  why: "A training that hangs in a collective holds its GPUs at full price until someone looks.",
  fix: "Set `activeDeadlineSeconds` of the Job, or submit it to a queue of Kueue, which takes back what makes no progress.",
  kinds: ["Job", "CronJob"],
  judge: (workload) => {
    if (!asksForAccelerator(workload) || queueOf(workload) !== undefined) return notApplicable();
    const path = workload.kind === "CronJob" ? "spec.jobTemplate.spec" : "spec";
    return mustBeSet(workload.at(`${path}.activeDeadlineSeconds`));
  },
  examples: {
    failing: { objects: [job({ container: { resources: { limits: { "nvidia.com/gpu": 1 } } } })] },
    passing: {
      objects: [
        job({ container: { resources: { limits: { "nvidia.com/gpu": 1 } } }, spec: { activeDeadlineSeconds: 86400 } }),
      ],
    },
  },
});
