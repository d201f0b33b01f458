import type { Finding } from "../draft";
import type { NamedPool } from "./pools";

/** Name part of a label or taint key, and a label value. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
const LABEL_NAME = /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;
const LABEL_PREFIX = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Prefixes that Kubernetes and EKS keep to themselves; EKS refuses them in a node group. */
const RESERVED = /(^|\.)(kubernetes\.io|k8s\.io|eks\.amazonaws\.com|flightdeck\.dev)$/;

/** What every GPU pool has already. */
const GPU_TAINT = "nvidia.com/gpu";
const GPU_LABELS = ["nvidia.com/gpu.present", "k8s.amazonaws.com/accelerator"];

/** Labels and taints of one pool: written as Kubernetes accepts them, outside reserved prefixes, none twice. */
export function* checkLabelsAndTaints({
  kind,
  path,
  pool,
}: Pick<NamedPool, "kind" | "path"> & {
  readonly pool: Pick<NamedPool["pool"], "labels" | "taints">;
}): Generator<Finding> {
  for (const [key, value] of Object.entries(pool.labels ?? {})) {
    yield* checkKey([...path, "labels", key], key);
    if (value !== undefined) yield* checkValue([...path, "labels", key], value);
    if (kind === "gpu" && GPU_LABELS.includes(key)) {
      yield {
        path: [...path, "labels", key],
        rule: "must be left out: every GPU pool has this label already",
        got: key,
      };
    }
  }
  const seen = new Set<string>();
  for (const [index, taint] of (pool.taints ?? []).entries()) {
    if (taint?.key === undefined) continue;
    const { key, value, effect } = taint;
    const place = [...path, "taints", index];
    yield* checkKey([...place, "key"], key);
    if (value !== undefined) yield* checkValue([...place, "value"], value);
    if (kind === "gpu" && key === GPU_TAINT) {
      yield { path: [...place, "key"], rule: "must be left out: every GPU pool has this taint already", got: key };
    }
    const identity = `${key}:${effect ?? ""}`;
    if (seen.has(identity))
      yield { path: place, rule: "must not repeat key and effect of another taint", got: identity };
    seen.add(identity);
  }
}

function* checkKey(path: Finding["path"], key: string): Generator<Finding> {
  const [name = "", prefix, ...rest] = key.split("/").reverse();
  const wellFormed = rest.length === 0 && LABEL_NAME.test(name) && (prefix === undefined || LABEL_PREFIX.test(prefix));
  if (!wellFormed) {
    const allowed = "for example workload, example.com/workload";
    yield { path, rule: "must have a key that Kubernetes accepts", got: key, allowed };
  } else if (prefix !== undefined && RESERVED.test(prefix)) {
    yield { path, rule: `must not have a key under ${prefix}, which is reserved`, got: key };
  }
}

function* checkValue(path: Finding["path"], value: string): Generator<Finding> {
  if (value === "" || LABEL_NAME.test(value)) return;
  const allowed = "at most 63 letters, digits, hyphens, underscores and dots, a letter or digit at both ends";
  yield { path, rule: "must have a value that Kubernetes accepts", got: value, allowed };
}
