import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DefaultTokenResolver, StringConcat, TerraformResource, TerraformStack, Testing, Tokenization } from "cdktf";

/** One resource of the synthesised JSON: its arguments, as Terraform reads them. */
export type ResourceJson = Readonly<Record<string, unknown>>;

interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, ResourceJson>>>>;
  readonly [block: string]: unknown;
}

/** What a stack becomes: its Terraform JSON, with ways to look things up by type and by construct path. */
export class Synthesized {
  constructor(
    readonly json: StackJson,
    /** Path below the stack of each resource, by address. */
    private readonly paths: ReadonlyMap<string, string>,
  ) {}

  /** All resources of a type by their path below the stack. The last id `Resource` is part of the path. */
  resources(type: string): Record<string, ResourceJson> {
    const named = Object.entries(this.json.resource?.[type] ?? {});
    return Object.fromEntries(named.map(([name, resource]) => [this.pathOf(`${type}.${name}`), resource]));
  }

  /** The resource of a type at a path below the stack; without a path, the only one there is. */
  resource(type: string, path?: string): ResourceJson {
    const found = this.resources(type);
    const there = Object.keys(found).join(", ") || "none";
    const [only, ...others] = Object.keys(found);
    if (path === undefined && others.length > 0) throw new Error(`there are many ${type}, name one of: ${there}`);
    const resource = found[path ?? only ?? ""];
    if (!resource) throw new Error(`no ${type} at ${path ?? "any path"}; there are: ${there}`);
    return resource;
  }

  /** Terraform addresses of a type by path below the stack: what a state knows the resources as. */
  addresses(type: string): Record<string, string> {
    const addresses = Object.keys(this.json.resource?.[type] ?? {}).map((name) => `${type}.${name}`);
    return Object.fromEntries(addresses.map((address) => [this.pathOf(address), address]));
  }

  /** Types and how many resources each has. */
  counts(): Record<string, number> {
    const types = Object.entries(this.json.resource ?? {});
    return Object.fromEntries(types.map(([type, named]) => [type, Object.keys(named).length]));
  }

  /** A policy document inside a resource. */
  policy(type: string, path?: string, argument = "policy"): unknown {
    return JSON.parse(String(this.resource(type, path)[argument])) as unknown;
  }

  private pathOf(address: string): string {
    return this.paths.get(address) ?? address;
  }
}

/** A stack for tests with the AWS provider, in an app without files. */
export function testStack(id = "test"): TerraformStack {
  const stack = new TerraformStack(Testing.app({ stackTraces: false }), id);
  new AwsProvider(stack, "Aws", { region: "eu-central-1" });
  return stack;
}

/** Synthesises a stack once, all validations included. */
export function synth(stack: TerraformStack): Synthesized {
  const json = JSON.parse(Testing.synth(stack, true)) as StackJson;
  const resources = stack.node.findAll().filter((construct) => TerraformResource.isTerraformResource(construct));
  const below = stack.node.path.length + 1;
  const paths = resources.map(
    (resource) => [addressOf(resource as TerraformResource), resource.node.path.slice(below)] as const,
  );
  return new Synthesized(json, new Map(paths));
}

/** Builds a stack and synthesises it. */
export function synthesize(build: (stack: TerraformStack) => void): Synthesized {
  const stack = testStack();
  build(stack);
  return synth(stack);
}

/** A value with its references written as Terraform reads them. */
export function resolved<T>(stack: TerraformStack, value: T): T {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope: stack, resolver, preparing: false }) as T;
}

function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}
