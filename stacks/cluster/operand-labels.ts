import type { EnvironmentConfig, PoolConfig } from "../../config";

/** Keeps the parts of the GPU operator off nodes that bring theirs, as those of Bottlerocket do; pools without GPUs ignore it. */
export function operandLabels(
  gpus: EnvironmentConfig["controllers"]["gpus"],
  { operatingSystem }: Pick<PoolConfig, "operatingSystem">,
): Readonly<Record<string, string>> {
  const own = gpus === "gpu-operator" && operatingSystem === "bottlerocket";
  return own ? { "nvidia.com/gpu.deploy.operands": "false" } : {};
}
