import { must } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { allOf, fail } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { judgeContainers } from "../k8s/private/workloads";
import { acceleratorsOf } from "./private/accelerators";
import type { AcceleratorRequest } from "./private/accelerators";
import { gpuPod } from "./private/example-pools";

export const schedGpuLimitEqualsRequest = objectRule({
  id: "FD-SCHED-001",
  slug: "sched-gpu-limit-equals-request",
  title: "GPUs are asked for as a limit in whole numbers, and as nothing else",
  severity: "high",
  packs: ["gpu"],
  why: "Kubernetes shares no GPU and overcommits none: the API server refuses a pod whose request differs from its limit, has no limit, or is a fraction.",
  fix: "Set `resources.limits` to a whole number and leave the request out; for a share of a GPU ask for `nvidia.com/gpu.shared` or a MIG profile.",
  kinds: WORKLOAD_KINDS,
  judge: (workload) => judgeContainers(workload, (container) => allOf(acceleratorsOf(container).map(judgeAmounts))),
  examples: {
    failing: { objects: [gpuPod({}, "0.5")] },
    passing: { objects: [gpuPod({}, 2)] },
    unknown: { objects: [gpuPod({}, "${var.gpus}")] },
  },
});

function judgeAmounts({ resource, request, limit }: AcceleratorRequest): Verdict {
  const about = { key: `Resource::${resource}` };
  if (limit.absent)
    return fail(`\`${limit.path}\` must be set to what is requested, got nothing`, { attribute: limit.path, ...about });
  const whole = must(limit, (literal) => /^\d+$/.test(String(literal)), "must be a whole number", about);
  if (request.absent) return whole;
  return allOf(
    whole,
    must(
      request,
      (literal) => limit.unknown || String(literal) === String(limit.literal),
      `must equal the limit, ${limit.toString()}`,
      about,
    ),
  );
}
