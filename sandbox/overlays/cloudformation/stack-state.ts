import type { StackTemplate } from "./template";

/** A resource that a stack made. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives, by name. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Something that happened to a stack or a resource of it. */
export interface StackEvent {
  readonly id: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string | undefined;
  readonly token: string | undefined;
}

/** A stack. Deleted ones stay known by id, as in AWS. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  status: string;
  statusReason: string | undefined;
  /** As it was given. */
  templateBody: string;
  template: StackTemplate;
  tags: ReadonlyMap<string, string>;
  resources: readonly StackResource[];
  outputs: Readonly<Record<string, string>>;
  readonly events: StackEvent[];
}

/** Stacks by account and region. */
export class Stacks {
  private readonly places = new Map<string, Stack[]>();

  of({ account, region }: { readonly account: string; readonly region: string }): Stack[] {
    const key = `${account}/${region}`;
    const stacks = this.places.get(key) ?? [];
    this.places.set(key, stacks);
    return stacks;
  }
}

/** The stack of that name, or of that id even when it is deleted. */
export function tryFindStack(stacks: readonly Stack[], nameOrId: string): Stack | undefined {
  return stacks.find(({ id, name, status }) => id === nameOrId || (name === nameOrId && status !== "DELETE_COMPLETE"));
}
