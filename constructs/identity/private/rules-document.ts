import type { PolicyConditions } from "../../core/grants";

/** A statement that may also say what it does not apply to: the form that denials "of everything but" need. */
export interface Rule {
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  /** The actions meant, or those excepted. */
  readonly actions: readonly string[] | { readonly allBut: readonly string[] };
  /** The resources meant, or those excepted. */
  readonly resources: readonly string[] | { readonly allBut: readonly string[] };
  readonly conditions?: PolicyConditions;
}

/** Renders rules as an IAM policy document, in the order given. */
export function rulesDocument(rules: readonly Rule[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: rules.map(render) });
}

function render({ sid, effect, actions, resources, conditions }: Rule): object {
  return {
    Sid: sid,
    Effect: effect,
    ...element("Action", actions),
    ...element("Resource", resources),
    ...(conditions === undefined ? {} : { Condition: conditions }),
  };
}

function element(name: string, values: Rule["actions"]): Record<string, unknown> {
  return "allBut" in values ? { [`Not${name}`]: oneOrMany(values.allBut) } : { [name]: oneOrMany(values) };
}

/** AWS returns a list of one as a plain value, so it is written that way. */
function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [first, ...others] = values;
  return first !== undefined && others.length === 0 ? first : values;
}
