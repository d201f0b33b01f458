import { podSpecOf } from "../../../engine/pod-spec";
import type { KubernetesObject } from "../../../engine/subject";
import type { Value } from "../../../engine/value";

const LABEL = "kueue.x-k8s.io/queue-name";

/** The queue of Kueue that a workload is submitted to: the label of the object, of its jobs or of its pods; undefined without one. */
export function queueOf(workload: KubernetesObject): Value | undefined {
  const places = [
    workload.at(["metadata", "labels", LABEL]),
    workload.at(["spec", "jobTemplate", "metadata", "labels", LABEL]),
    ...(podSpecOf(workload).absent ? [] : [workload.at(["spec", "template", "metadata", "labels", LABEL])]),
  ];
  return places.find(({ absent }) => !absent);
}
