import type { Resource } from "../../../engine/subject";
import type { Value } from "../../../engine/value";
import { labelOf } from "../../private/node-group";

/** How a node group's GPUs are cut into instances (MIG). */
export interface MigConfig {
  readonly label: Value;
  /** The profile that all GPUs are cut by, such as `1g.10gb`; undefined for mixtures and configurations of one's own. */
  readonly profile: string | undefined;
  /** Whether it is one of the mixtures that the MIG manager brings along. */
  readonly mixture: boolean;
}

/** What the label for the MIG manager says; undefined when it is absent or says that nothing is cut. */
export function migConfigOf(group: Resource): MigConfig | undefined {
  const label = labelOf(group, "nvidia.com/mig.config");
  if (label.absent || label.literal === "all-disabled") return undefined;
  const profile = /^all-(\d+g\.\d+gb)$/.exec(label.text ?? "")?.[1];
  return { label, profile, mixture: ["all-balanced", "all-enabled"].includes(String(label.literal)) };
}
