import type { OperationContext } from "../elasticache/operation";

/** Properties of a resource with everything worked out. */
export type Properties = Readonly<Record<string, unknown>>;

/** What a resource is once it is made. */
export interface MadeResource {
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives, by name. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Makes resources of one type. */
export interface ResourceHandler {
  readonly type: string;
  /** Properties it knows; a template with any other is refused. */
  readonly properties: readonly string[];
  /** Properties whose change makes a new resource. */
  readonly replacing: readonly string[];
  /** @param tags those of the stack, which its resources get too */
  readonly create: (
    properties: Properties,
    tags: ReadonlyMap<string, string>,
    context: OperationContext,
  ) => Promise<MadeResource>;
  readonly update: (
    made: MadeResource,
    properties: Properties,
    previous: Properties,
    context: OperationContext,
  ) => Promise<void>;
  /** Deletes it; that it is gone already is no error. */
  readonly remove: (made: MadeResource, context: OperationContext) => Promise<void>;
}

/** A property that is a text. */
export function textOf(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return value === undefined ? undefined : String(value);
}
