import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { PropChecks } from "../../core/prop-checks";
import { Quantity } from "../../core/quantity";
import type { ContainerDefaults, NamespaceQuota } from "../namespace-options";

/** The namespace that something is put into. */
export interface NamespaceTarget {
  readonly scope: Construct;
  readonly namespaceName: string;
  readonly dependsOn: ITerraformDependable[];
}

const QUOTA_NAME = "flightdeck";
const QUANTITIES = ["cpuRequests", "cpuLimits", "memoryRequests", "memoryLimits", "storage"] as const;
const COUNTS = ["pods", "volumeClaims", "loadBalancers"] as const;
/** An extended resource has the domain of its maker. */
const GPU_RESOURCE = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\/[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/;

/** Adds the rules for a quota. */
export function checkQuota(checks: PropChecks, quota: NamespaceQuota): void {
  for (const field of QUANTITIES) checkQuantity(checks, `quota.${field}`, quota[field]);
  for (const field of COUNTS) checkCount(checks, `quota.${field}`, quota[field]);
  for (const [resource, count] of Object.entries(quota.gpus ?? {})) {
    const prop = `quota.gpus["${resource}"]`;
    checks.require(GPU_RESOURCE.test(resource), prop, "must be a resource such as nvidia.com/gpu", resource);
    checkCount(checks, prop, count);
  }
  checkOrder(checks, "quota.cpuRequests", quota.cpuRequests, "quota.cpuLimits", quota.cpuLimits);
  checkOrder(checks, "quota.memoryRequests", quota.memoryRequests, "quota.memoryLimits", quota.memoryLimits);
  const empty = Object.keys(hardLimits(quota)).length === 0;
  checks.require(!empty, "quota", "must limit something, or be left out", quota);
}

/** Adds the rules for what containers get. */
export function checkContainerDefaults(checks: PropChecks, defaults: ContainerDefaults): void {
  const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = defaults;
  for (const [field, text] of Object.entries({ cpuRequest, cpuLimit, memoryRequest, memoryLimit })) {
    checkQuantity(checks, `containerDefaults.${field}`, text);
  }
  checkOrder(checks, "containerDefaults.cpuRequest", cpuRequest, "containerDefaults.cpuLimit", cpuLimit);
  checkOrder(checks, "containerDefaults.memoryRequest", memoryRequest, "containerDefaults.memoryLimit", memoryLimit);
}

/** Defines the quota, if there is one. */
export function defineQuota(target: NamespaceTarget, quota: NamespaceQuota | undefined): ITerraformDependable[] {
  if (quota === undefined) return [];
  const { scope, namespaceName: namespace, dependsOn } = target;
  const metadata = { name: QUOTA_NAME, namespace };
  return [new ResourceQuotaV1(scope, "Quota", { metadata, spec: { hard: hardLimits(quota) }, dependsOn })];
}

/** Defines what containers get that say nothing themselves, if it is anything. */
export function defineContainerDefaults(target: NamespaceTarget, defaults: ContainerDefaults): ITerraformDependable[] {
  const { scope, namespaceName: namespace, dependsOn } = target;
  const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = defaults;
  const defaultRequest = amounts({ cpu: cpuRequest, memory: memoryRequest });
  const limits = amounts({ cpu: cpuLimit, memory: memoryLimit });
  if (defaultRequest === undefined && limits === undefined) return [];
  const limit = [{ type: "Container", defaultRequest, default: limits }];
  const metadata = { name: QUOTA_NAME, namespace };
  return [new LimitRangeV1(scope, "ContainerDefaults", { metadata, spec: { limit }, dependsOn })];
}

function hardLimits(quota: NamespaceQuota): Record<string, string> {
  const gpus = Object.entries(quota.gpus ?? {}).map(([resource, count]) => [`requests.${resource}`, String(count)]);
  return {
    ...amounts({
      "requests.cpu": quota.cpuRequests,
      "limits.cpu": quota.cpuLimits,
      "requests.memory": quota.memoryRequests,
      "limits.memory": quota.memoryLimits,
      "requests.storage": quota.storage,
      pods: quota.pods?.toString(),
      persistentvolumeclaims: quota.volumeClaims?.toString(),
      "services.loadbalancers": quota.loadBalancers?.toString(),
    }),
    ...Object.fromEntries(gpus),
  };
}

/** The amounts that were given, as the API server writes them back; undefined without any. */
function amounts(given: Readonly<Record<string, string | undefined>>): Record<string, string> | undefined {
  const written = Object.entries(given).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, canonical(text)]],
  );
  return written.length === 0 ? undefined : Object.fromEntries(written);
}

function canonical(text: string): string {
  return Quantity.tryOf(text)?.toString() ?? text;
}

function checkQuantity(checks: PropChecks, prop: string, text: string | undefined): void {
  if (text !== undefined) checks.require(Quantity.tryOf(text) !== undefined, prop, Quantity.RULE, text);
}

function checkCount(checks: PropChecks, prop: string, count: number | undefined): void {
  const whole = count === undefined || (Number.isInteger(count) && count >= 0);
  checks.require(whole, prop, "must be a whole number, 0 or more", count);
}

function checkOrder(
  checks: PropChecks,
  prop: string,
  request: string | undefined,
  limitProp: string,
  limit: string | undefined,
): void {
  const [least, most] = [request, limit].map((text) => (text === undefined ? undefined : Quantity.tryOf(text)));
  if (least === undefined || most === undefined) return;
  checks.require(least.compare(most) <= 0, prop, `must be at most \`${limitProp}\` (${limit})`, request);
}
