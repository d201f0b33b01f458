import { parseConfiguration } from "./addon-configuration";
import { addonDetails } from "./addon-details";
import type { Taint } from "./types";

interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
}

const CRITICAL: Toleration = { key: "CriticalAddonsOnly", operator: "Exists" };

/** @returns whether the pods of an add-on's Deployment may run on a node with these taints */
export function toleratesTaints(addonName: string, values: string | undefined, taints: readonly Taint[]): boolean {
  const configured = configuredTolerations(parseConfiguration(values) ?? {});
  const usual = addonDetails(addonName).toleratesCritical === true ? [CRITICAL] : [];
  const tolerations = configured ?? usual;
  return taints.every(
    (taint) => taint.effect === "PREFER_NO_SCHEDULE" || tolerations.some((one) => covers(one, taint)),
  );
}

/** Charts have the tolerations of a Deployment at the top or under `controller`. */
function configuredTolerations(configuration: Readonly<Record<string, unknown>>): readonly Toleration[] | undefined {
  const controller = configuration["controller"] as { readonly tolerations?: unknown } | undefined;
  const given = configuration["tolerations"] ?? controller?.tolerations;
  return Array.isArray(given) ? (given as Toleration[]) : undefined;
}

function covers({ key, operator = "Equal", value }: Toleration, taint: Taint): boolean {
  if (key === undefined) return operator === "Exists";
  return key === taint.key && (operator === "Exists" || (value ?? "") === (taint.value ?? ""));
}
