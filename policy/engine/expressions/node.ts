/** A piece of Terraform's expression language; `from` and `to` say where it stands in the template. */
export type Node =
  | LiteralNode
  | TemplateNode
  | InterpolationNode
  | ReferenceNode
  | ListNode
  | ObjectNode
  | CallNode
  | ConditionalNode
  | BinaryNode
  | UnaryNode
  | AccessNode
  | OpaqueNode;

/** Where a node stands in its template. */
export interface Span {
  readonly from: number;
  /** Behind its last character. */
  readonly to: number;
}

export interface LiteralNode extends Span {
  readonly kind: "literal";
  readonly value: string | number | boolean | null;
}

/** Literal texts, interpolations and directives in a row. A template of one expression has the type of that expression. */
export interface TemplateNode extends Span {
  readonly kind: "template";
  readonly parts: readonly Node[];
  /** Whether it holds `%{ if … }` or `%{ for … }`. */
  readonly directives: boolean;
}

/** `${…}`, from the dollar sign to behind the brace. */
export interface InterpolationNode extends Span {
  readonly kind: "interpolation";
  readonly expression: Node;
}

/** `aws_s3_bucket.models[0].arn`: a root and the way from there. */
export interface ReferenceNode extends Span {
  readonly kind: "reference";
  readonly root: string;
  readonly steps: readonly Step[];
  /** Whether the root is a name that a `for` around it defines. */
  readonly bound: boolean;
}

/** One step of a way: `.name`, `[0]` or `["key"]`, `[*]` or `.*`, or an index that has to be computed. */
export type Step =
  | { readonly name: string }
  | { readonly index: string | number }
  | { readonly splat: true }
  | { readonly computed: Node };

export interface ListNode extends Span {
  readonly kind: "list";
  readonly items: readonly Node[];
}

export interface ObjectNode extends Span {
  readonly kind: "object";
  readonly entries: readonly { readonly key: Node; readonly value: Node }[];
}

export interface CallNode extends Span {
  readonly kind: "call";
  /** e.g. `jsonencode`, `provider::aws::arn_parse` */
  readonly name: string;
  readonly args: readonly Node[];
  /** Whether the last argument is a list of arguments: `max(list...)`. */
  readonly expanded: boolean;
}

export interface ConditionalNode extends Span {
  readonly kind: "conditional";
  readonly condition: Node;
  readonly then: Node;
  readonly otherwise: Node;
}

/** Operators of one precedence in a row, from left to right: `a + b - c`. */
export interface BinaryNode extends Span {
  readonly kind: "binary";
  readonly first: Node;
  readonly rest: readonly { readonly operator: string; readonly operand: Node }[];
}

export interface UnaryNode extends Span {
  readonly kind: "unary";
  readonly operator: "!" | "-";
  readonly operand: Node;
}

/** The way from something that is no reference: `merge(a, b).name`. */
export interface AccessNode extends Span {
  readonly kind: "access";
  readonly target: Node;
  readonly steps: readonly Step[];
}

/** What only Terraform computes, a `for` or a directive: its parts, for the references in them. */
export interface OpaqueNode extends Span {
  readonly kind: "opaque";
  readonly children: readonly Node[];
}

/** The nodes directly in a node. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "literal":
      return [];
    case "template":
      return node.parts;
    case "interpolation":
      return [node.expression];
    case "reference":
      return computedIn(node.steps);
    case "list":
      return node.items;
    case "object":
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case "call":
      return node.args;
    case "conditional":
      return [node.condition, node.then, node.otherwise];
    case "binary":
      return [node.first, ...node.rest.map(({ operand }) => operand)];
    case "unary":
      return [node.operand];
    case "access":
      return [node.target, ...computedIn(node.steps)];
    case "opaque":
      return node.children;
  }
}

function computedIn(steps: readonly Step[]): readonly Node[] {
  return steps.flatMap((step) => ("computed" in step ? [step.computed] : []));
}
