import type { Graph } from "../../../engine/graph";
import type { Resource } from "../../../engine/subject";
import { Unresolved } from "../../../engine/unresolved";
import { Value } from "../../../engine/value";

const TEMPLATE = /\$\{([^{}]*)\}/g;
/** A reference in an expression: `aws_s3_bucket.Models_C55D3500.arn`, indexes included. */
const REFERENCE = /[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[[^\]]*\])+/g;

/**
 * The resources that a template refers to, such as the bucket of `${aws_s3_bucket.Models.arn}/*` in a statement of a policy.
 *
 * @param stack the stack that the template stands in
 */
export function resourcesNamedIn(text: string, stack: string, graph: Graph): readonly Resource[] {
  const references = [...text.matchAll(TEMPLATE)].flatMap(([, expression = ""]) => expression.match(REFERENCE) ?? []);
  return references.length === 0 ? [] : graph.targets(new Value(stack, "", new Unresolved(references, text)));
}
