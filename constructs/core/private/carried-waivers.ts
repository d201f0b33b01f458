import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** A waiver as the synthesised JSON of a stack carries it. */
export interface CarriedWaiver {
  /** Ids of the rules it is for. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
  readonly ticket?: string;
  /** Key of the one finding it is for. */
  readonly finding?: string;
}

/** `//` is the key of comments in Terraform's JSON. */
const PLACE = "//.flightdeck.waivers";

const carried = new WeakMap<TerraformStack, readonly object[]>();

/**
 * Writes a waiver into the JSON of every stack that holds a part of the construct: the one it stands in, and those below it.
 * Beside the waiver stands the path of the construct, and `wholeStack: true` where all of a stack is below it.
 */
export function carryWaiver(construct: IConstruct, waiver: CarriedWaiver): void {
  const enclosing = construct.node.scopes.filter((scope) => TerraformStack.isStack(scope)).at(-1);
  const below = stacksBelow(construct);
  const entry = { path: construct.node.path, ...waiver };
  if (enclosing && !below.includes(enclosing)) append(enclosing, entry);
  for (const stack of below) append(stack, { ...entry, wholeStack: true });
  refuseLaterStacks(construct, below);
}

/** Aspects and validations of CDKTF begin at the stack, so what is above one cannot reach those that are still to come. */
function refuseLaterStacks(construct: IConstruct, reached: readonly TerraformStack[]): void {
  construct.node.root.node.addValidation({
    validate: () =>
      stacksBelow(construct)
        .filter((stack) => !reached.includes(stack))
        .map(
          (stack) =>
            `[${construct.node.path || "the app"}] Policy.of(…).waive must come after the stacks it is for: ` +
            `${stack.node.path} was defined later, and the waiver does not reach it`,
        ),
  });
}

function append(stack: TerraformStack, entry: object): void {
  const entries = [...(carried.get(stack) ?? []), entry];
  carried.set(stack, entries);
  stack.addOverride(PLACE, entries);
}

function stacksBelow(construct: IConstruct): readonly TerraformStack[] {
  return construct.node.findAll().filter((node): node is TerraformStack => TerraformStack.isStack(node));
}
