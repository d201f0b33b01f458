import type { Rule } from "../../engine/rule";
import { schedClusterQueueExists } from "./sched-cluster-queue-exists";
import { schedCpuOffGpuNodes } from "./sched-cpu-off-gpu-nodes";
import { schedFlavorMatchesPool } from "./sched-flavor-matches-pool";
import { schedFlavorsExist } from "./sched-flavors-exist";
import { schedGpuFits } from "./sched-gpu-fits";
import { schedGpuJobBounded } from "./sched-gpu-job-bounded";
import { schedGpuLimitEqualsRequest } from "./sched-gpu-limit-equals-request";
import { schedGpuPlacement } from "./sched-gpu-placement";
import { schedGpuPoolExists } from "./sched-gpu-pool-exists";
import { schedGpuQuota } from "./sched-gpu-quota";
import { schedGpuToleration } from "./sched-gpu-toleration";
import { schedModelServerScales } from "./sched-model-server-scales";
import { schedPodFits } from "./sched-pod-fits";
import { schedPriorityClassExists } from "./sched-priority-class-exists";
import { schedQueueExists } from "./sched-queue-exists";
import { schedServingNotOnSpot } from "./sched-serving-not-on-spot";

/** Rules for pods, the pools they run on and the queues they wait in. */
export const schedulingRules: readonly Rule[] = [
  schedGpuLimitEqualsRequest,
  schedGpuToleration,
  schedGpuPoolExists,
  schedGpuFits,
  schedGpuPlacement,
  schedModelServerScales,
  schedGpuJobBounded,
  schedGpuQuota,
  schedQueueExists,
  schedClusterQueueExists,
  schedFlavorsExist,
  schedFlavorMatchesPool,
  schedCpuOffGpuNodes,
  schedServingNotOnSpot,
  schedPriorityClassExists,
  schedPodFits,
];
