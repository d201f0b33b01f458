import { referencesWithin } from "../expressions/evaluate";
import { isScalar } from "../expressions/functions";
import { isWhole } from "../expressions/template-text";
import { readReference, withoutKeys } from "../references";
import type { Reference } from "../references";
import type { Resource, Stack } from "../subject";
import { Unresolved } from "../unresolved";
import type { Value } from "../value";
import { isNaming } from "./is-naming";
import { addTo } from "./multimap";
import { statePlace } from "./state-place";

/** What a reference leads to. */
export interface Resolved {
  /** Resources and data sources: the one that is named, then those that its attribute is made of. */
  readonly targets: readonly Resource[];
  /** Those of them that the value stands for: an attribute that only describes, such as a region, stands for none. */
  readonly links: readonly Resource[];
  /** Literals that the value is, by way of outputs and arguments. */
  readonly literals: readonly string[];
  /** Whether it is, or may be, what stands in something that is not part of the run: an output, a parameter, a secret. */
  readonly foreign: boolean;
}

/** A reference on its way, in the stack in which it stands. */
interface Step {
  readonly stack: string;
  readonly reference: string;
  /** Whether it is only how a thing of the run is called. */
  readonly names?: boolean;
}

/** Attributes that say something about a resource, but not which one it is. */
const DESCRIPTIVE: ReadonlySet<string> = new Set([
  "account_id",
  "availability_zone",
  "availability_zones",
  "created_at",
  "default_version",
  "engine",
  "engine_version",
  "hosted_zone_id",
  "latest_version",
  "owner_id",
  "platform_version",
  "port",
  "region",
  "status",
  "tags",
  "tags_all",
  "version",
]);

/** Follows references through a run: instances, aliases, data sources and the outputs of other stacks. */
export class ReferenceResolver {
  private readonly byAddress = new Map<string, Resource[]>();
  private readonly byState = new Map<string, Stack[]>();
  private readonly resolved = new Map<string, Map<string, Resolved>>();
  private readonly resources: readonly Resource[];

  constructor(stacks: readonly Stack[]) {
    this.resources = stacks.flatMap(({ resources }) => resources);
    for (const resource of this.resources) {
      const address = withoutKeys(resource.address);
      addTo(this.byAddress, `${resource.stack} ${address}`, resource);
      if (address !== resource.address) addTo(this.byAddress, `${resource.stack} ${resource.address}`, resource);
    }
    for (const stack of stacks) {
      const place = statePlace(stack.backend?.type, stack.backend?.values);
      if (place !== undefined) addTo(this.byState, place, stack);
    }
  }

  /** What a reference leads to, seen from a stack. Circles end where they began. */
  resolve(stack: string, reference: string): Resolved {
    const ofStack = this.resolved.get(stack) ?? new Map<string, Resolved>();
    this.resolved.set(stack, ofStack);
    const before = ofStack.get(reference);
    if (before) return before;
    const result = this.follow({ stack, reference });
    ofStack.set(reference, result);
    return result;
  }

  /** The stacks, and in each the outputs, that a reference reads through a remote state. */
  outputsBehind(stack: string, reference: string): readonly { readonly stack: Stack; readonly name: string }[] {
    const parsed = readReference(reference);
    return parsed === undefined ? [] : this.resourcesAt(stack, parsed).flatMap((found) => this.outputs(found, parsed));
  }

  /** Who refers to whom, everywhere. */
  referrers(): ReadonlyMap<Resource, readonly Resource[]> {
    const referring = new Map<Resource, Resource[]>();
    for (const resource of this.resources) {
      const targets = referencesWithin(resource.values).flatMap(
        (reference) => this.resolve(resource.stack, reference).targets,
      );
      for (const target of new Set(targets)) if (target !== resource) addTo(referring, target, resource);
    }
    return referring;
  }

  private follow(start: Step): Resolved {
    const targets = new Set<Resource>();
    const links = new Set<Resource>();
    const literals = new Set<string>();
    const seen = new Set<string>();
    const open = [start];
    let foreign = false;
    const goOn = (stack: string, content: unknown, names = false): void =>
      continueFrom(content, { stack, names }, { open, literals });
    // The list grows while it is walked.
    for (const step of open) {
      const key = `${step.stack} ${step.reference}`;
      const parsed = readReference(step.reference);
      if (seen.has(key) || parsed === undefined) continue;
      seen.add(key);
      const naming = isNaming(parsed.attribute);
      for (const found of this.resourcesAt(step.stack, parsed)) {
        const outputs = this.outputs(found, parsed);
        if (outputs.length === 0) {
          targets.add(found);
          if (!DESCRIPTIVE.has(parsed.attribute.at(-1) ?? "")) links.add(found);
          foreign ||= found.mode === "data" && !naming && step.names !== true;
          goOn(found.stack, argumentBehind(found, parsed.attribute), naming || step.names);
        }
        for (const { stack, name } of outputs)
          goOn(stack.id, partAt(contentOf(stack.outputs[name]), parsed.attribute.slice(2)), step.names);
      }
    }
    return { targets: [...targets], links: [...links], literals: [...literals], foreign };
  }

  private resourcesAt(stack: string, { address, instance }: Reference): readonly Resource[] {
    const one = instance === undefined ? undefined : this.byAddress.get(`${stack} ${instance}`);
    return one ?? this.byAddress.get(`${stack} ${address}`) ?? [];
  }

  private outputs(
    source: Resource,
    { attribute: [outputs, name] }: Reference,
  ): readonly { stack: Stack; name: string }[] {
    if (source.type !== "terraform_remote_state" || outputs !== "outputs" || name === undefined) return [];
    const place = statePlace(source.at("backend").text, source.values.config);
    const stacks = (place === undefined ? undefined : this.byState.get(place)) ?? [];
    return stacks.filter((stack) => Object.hasOwn(stack.outputs, name)).map((stack) => ({ stack, name }));
  }
}

/** The argument that an attribute repeats: an attribute that is computed has none. */
function argumentBehind({ type, values }: Resource, attribute: readonly string[]): unknown {
  // What belongs to a bucket has the name of the bucket as its id.
  if (type.startsWith("aws_s3_bucket_") && attribute[0] === "id") return values.bucket;
  return attribute.length === 0 ? undefined : partAt(values, attribute);
}

/** What stands at the end of a way, or the expression at which the way ends. */
function partAt(content: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, name) => {
    if (part instanceof Unresolved) return part;
    if (Array.isArray(part))
      return name === "*" ? part : /^\d+$/.test(name) ? (part as unknown[])[Number(name)] : entry(part[0], name);
    return entry(part, name);
  }, content);
}

function entry(part: unknown, name: string): unknown {
  if (part instanceof Unresolved) return part;
  if (typeof part !== "object" || part === null || !Object.hasOwn(part, name)) return undefined;
  return (part as Readonly<Record<string, unknown>>)[name];
}

function contentOf(value: Value | undefined): unknown {
  return value?.unknown === true ? new Unresolved(value.references, value.text) : value?.literal;
}

/** Goes on with what a value is made of, where it is that thing as a whole: `prefix-${…}` is another. */
function continueFrom(
  content: unknown,
  { stack, names }: Pick<Step, "stack" | "names">,
  { open, literals }: { readonly open: Step[]; readonly literals: Set<string> },
): void {
  for (const item of Array.isArray(content) ? (content as unknown[]) : [content]) {
    if (isScalar(item)) literals.add(String(item));
    else if (item instanceof Unresolved && isWhole(item.text))
      for (const reference of item.references) open.push({ stack, reference, names });
  }
}
