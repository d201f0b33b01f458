import { instanceTypes, isNvidiaGpu, nearestName, tryFindInstanceType, type InstanceType } from "../../catalog";
import type { Finding } from "../draft";
import type { ValuePath } from "../value-path";
import type { PoolKind } from "./pools";
import { didYouMean, duplicates, isKnown } from "../wording";

const EXAMPLES = {
  cpu: "for example m7i.large, m7g.large, c7i.2xlarge",
  gpu: "for example g6.xlarge, g6e.xlarge, p5.48xlarge",
  neuron: "for example inf2.xlarge, trn1.32xlarge",
};

/** The instance types of one pool: each known and of the pool's kind, all of one architecture and one kind of GPU. */
export function* checkInstanceTypes(
  kind: PoolKind,
  pool: ValuePath,
  names: readonly (string | undefined)[],
): Generator<Finding> {
  const path = [...pool, "instanceTypes"];
  for (const { value, index } of duplicates(names)) {
    yield { path: [...path, index], rule: "must not name an instance type twice", got: value };
  }
  for (const [index, name] of names.entries()) {
    if (name !== undefined) yield* checkOne(kind, [...path, index], name);
  }
  yield* checkTogether(path, names.filter(isKnown).map(tryFindInstanceType).filter(isKnown));
}

function* checkOne(kind: PoolKind, path: ValuePath, name: string): Generator<Finding> {
  const type = tryFindInstanceType(name);
  if (type === undefined) {
    const candidates = instanceTypes().filter((known) => fits(kind, known));
    const nearest = nearestName(
      name,
      candidates.map((known) => known.name),
    );
    const rule = `must be an instance type that the catalogue knows${didYouMean(nearest)}`;
    yield { path, rule, got: name, allowed: EXAMPLES[kind] };
  } else if (!fits(kind, type)) {
    const rule = ruleOf(kind, type);
    yield { path, rule, got: name, allowed: EXAMPLES[kind] };
  }
}

function fits(kind: PoolKind, type: InstanceType): boolean {
  if (kind === "gpu") return isNvidiaGpu(type);
  return kind === "neuron" ? type.accelerator?.kind === "neuron" : type.accelerator === null;
}

function ruleOf(kind: PoolKind, type: InstanceType): string {
  if (kind === "gpu") return gpuRule(type);
  return kind === "neuron" ? "must be an instance type with AWS Inferentia or Trainium" : "must be a CPU instance type";
}

function gpuRule({ accelerator }: InstanceType): string {
  if (accelerator === null) return "must be a GPU instance type";
  return accelerator.manufacturer === "nvidia"
    ? "must be a GPU instance type with whole GPUs"
    : "must be an instance type with NVIDIA GPUs";
}

function* checkTogether(path: ValuePath, types: readonly InstanceType[]): Generator<Finding> {
  const described = (facet: (type: InstanceType) => string | undefined) =>
    types.map((type) => `${type.name} is ${facet(type)}`).join(", ");
  const mixed = (facet: (type: InstanceType) => string | undefined) =>
    new Set(types.map(facet).filter(isKnown)).size > 1;
  const got = types.map(({ name }) => name);
  if (mixed((type) => type.arch)) {
    const rule = `must all have the same CPU architecture (${described((type) => type.arch)})`;
    yield { path, rule, got };
  }
  if (mixed((type) => type.accelerator?.name)) {
    const rule = `must all have the same GPU (${described((type) => type.accelerator?.name ?? "without")})`;
    yield { path, rule, got };
  }
}
