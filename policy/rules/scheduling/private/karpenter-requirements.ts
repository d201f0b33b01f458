import type { InstanceType } from "../../../../catalog";
import type { Value } from "../../../engine/value";

/** Labels by which Karpenter chooses instance types, and what each type has under them. */
const LABELS: Readonly<Record<string, (type: InstanceType) => string | undefined>> = {
  "node.kubernetes.io/instance-type": ({ name }) => name,
  "kubernetes.io/arch": ({ arch }) => arch,
  "karpenter.k8s.aws/instance-family": ({ name }) => familyOf(name),
  "karpenter.k8s.aws/instance-category": ({ name }) => /^[a-z]+/.exec(name)?.[0],
  "karpenter.k8s.aws/instance-generation": ({ name }) => /^[a-z]+(\d+)/.exec(name)?.[1],
  "karpenter.k8s.aws/instance-size": ({ name }) => name.split(".")[1],
  "karpenter.k8s.aws/instance-cpu": ({ vcpu }) => String(vcpu),
  "karpenter.k8s.aws/instance-memory": ({ memoryMiB }) => String(memoryMiB),
  "karpenter.k8s.aws/instance-gpu-name": ({ accelerator }) => accelerator?.name,
  "karpenter.k8s.aws/instance-gpu-manufacturer": ({ accelerator }) => accelerator?.manufacturer,
  "karpenter.k8s.aws/instance-gpu-count": ({ accelerator }) =>
    accelerator === null ? undefined : String(accelerator.count),
  "karpenter.k8s.aws/instance-gpu-memory": ({ accelerator }) => String(accelerator?.memoryMiB ?? ""),
};

/** The instance types that fulfil all requirements of a NodePool; requirements on other labels exclude none. */
export function typesOfRequirements(
  requirements: readonly Value[],
  types: readonly InstanceType[],
): readonly InstanceType[] {
  return types.filter((type) => requirements.every((requirement) => fulfils(type, requirement)));
}

function fulfils(type: InstanceType, requirement: Value): boolean {
  const read = LABELS[requirement.at("key").text ?? ""];
  if (read === undefined) return true;
  const label = read(type);
  const values = requirement.each("values").map(({ literal }) => String(literal));
  switch (requirement.at("operator").text) {
    case "In":
      return label !== undefined && values.includes(label);
    case "NotIn":
      return label === undefined || !values.includes(label);
    case "Exists":
      return label !== undefined;
    case "DoesNotExist":
      return label === undefined;
    case "Gt":
      return Number(label) > Number(values[0]);
    case "Lt":
      return Number(label) < Number(values[0]);
    default:
      return true;
  }
}

function familyOf(name: string): string | undefined {
  return name.split(".")[0];
}
