import type { KubernetesObject } from "../../engine/subject";
import type { Value } from "../../engine/value";
import { kindOfType } from "./node-group";

const GPU_KEYS = ["instance-gpu-name", "instance-gpu-count", "instance-gpu-manufacturer", "instance-gpu-memory"];
const TYPE_KEYS = ["node.kubernetes.io/instance-type", "karpenter.k8s.aws/instance-family"];

/** Whether an object is a NodePool of Karpenter whose nodes have NVIDIA GPUs, by its requirements. */
export function isGpuNodePool(object: KubernetesObject): boolean {
  if (object.kind !== "NodePool" || !object.apiVersion.startsWith("karpenter.sh/")) return false;
  return object.each("spec.template.spec.requirements").some(asksForGpus);
}

function asksForGpus(requirement: Value): boolean {
  const key = requirement.at("key").text ?? "";
  const operator = requirement.at("operator").text;
  const values = requirement.each("values").map(({ text }) => text ?? "");
  if (GPU_KEYS.some((name) => key === `karpenter.k8s.aws/${name}`))
    return (
      operator === "Exists" || operator === "Gt" || operator === "Gte" || (operator === "In" && !values.includes("amd"))
    );
  if (operator !== "In" || values.length === 0) return false;
  if (TYPE_KEYS.includes(key)) return values.every((value) => kindOfType(value) === "nvidia");
  return key === "karpenter.k8s.aws/instance-category" && values.every((value) => value === "g" || value === "p");
}
