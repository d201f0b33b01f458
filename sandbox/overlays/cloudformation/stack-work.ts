import { identifierOf } from "../overlay";
import { AwsFault } from "../elasticache/aws-fault";
import type { OperationContext } from "../elasticache/operation";
import { cacheUserResource } from "./cache-user-resource";
import { type Names, evaluate, inOrder } from "./intrinsics";
import type { Properties, ResourceHandler } from "./resource-handler";
import { secretResource } from "./secret-resource";
import { resolveSecrets } from "./secrets-client";
import type { Stack, StackResource } from "./stack-state";
import type { StackTemplate, TemplateResource } from "./template";

const HANDLERS: readonly ResourceHandler[] = [secretResource, cacheUserResource];

/** Properties of each resource type that the sandbox knows. */
export const KNOWN_TYPES: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  HANDLERS.map(({ type, properties }) => [type, properties]),
);

/** Makes, changes and removes the resources of one stack in one call. */
export class StackWork {
  /** What was there before this work. */
  private readonly before: ReadonlyMap<string, StackResource>;
  private resources: Map<string, StackResource>;
  /** Resources that were told to change in place, whether or not they did. */
  private readonly changed = new Set<string>();

  constructor(
    private readonly stack: Stack,
    private readonly context: OperationContext,
    /** The caller's name for this work, by which it asks for events. */
    private readonly token: string | undefined,
  ) {
    this.before = new Map(stack.resources.map((resource) => [resource.logicalId, resource]));
    this.resources = new Map(this.before);
  }

  /** Makes what the template says, in order, up to a fault, which is given back. */
  async create(): Promise<AwsFault | undefined> {
    const fault = await this.attempt(inOrder(this.stack.template), (id) => this.make(id));
    const unsettled = this.settle();
    return fault ?? unsettled;
  }

  /**
   * Makes the stack what its new template says. Resources whose definition did not change are left alone, and what is
   * replaced or left out goes last, as in AWS: until then everything can be put back.
   */
  async update(previous: StackTemplate): Promise<AwsFault | undefined> {
    const { template } = this.stack;
    const change = (id: string) => this.change(id, previous.Resources[id]);
    const fault = (await this.attempt(inOrder(template), change)) ?? this.settle();
    if (fault !== undefined) return fault;
    for (const id of this.before.keys()) if (template.Resources[id] === undefined) this.resources.delete(id);
    await this.discard([...this.before.values()].filter((old) => this.resources.get(old.logicalId) !== old));
    return this.settle();
  }

  /**
   * Puts back what a failed update changed, and removes what it made. The stack has its old template again.
   *
   * @param failed the template that could not be reached
   */
  async rollBack(failed: StackTemplate): Promise<AwsFault | undefined> {
    const made = [...this.resources.values()].filter((one) => this.before.get(one.logicalId) !== one);
    this.resources = new Map(this.before);
    const fault = await this.attempt(inOrder(this.stack.template), (id) => this.putBack(id, failed.Resources[id]));
    await this.discard(made);
    const unsettled = this.settle();
    return fault ?? unsettled;
  }

  /** Removes everything, the last made first. */
  async removeAll(): Promise<void> {
    const all = [...this.resources.values()];
    this.resources.clear();
    await this.discard(all);
    this.settle();
  }

  /** Notes what happened to the stack itself. */
  finish(status: string, reason?: string): void {
    const { stack } = this;
    stack.status = status;
    stack.statusReason = reason;
    this.note({ logicalId: stack.name, physicalId: stack.id, type: "AWS::CloudFormation::Stack", status, reason });
  }

  private async attempt(ids: readonly string[], work: (id: string) => Promise<string>): Promise<AwsFault | undefined> {
    for (const id of ids) {
      const type = this.stack.template.Resources[id]?.Type ?? "";
      const physicalId = () => this.resources.get(id)?.physicalId ?? "";
      try {
        const status = await work(id);
        if (status !== "") this.note({ logicalId: id, physicalId: physicalId(), type, status, reason: undefined });
      } catch (error) {
        if (!(error instanceof AwsFault)) throw error;
        const status = physicalId() === "" ? "CREATE_FAILED" : "UPDATE_FAILED";
        this.note({ logicalId: id, physicalId: physicalId(), type, status, reason: error.message });
        return error;
      }
    }
    return undefined;
  }

  private async make(id: string): Promise<string> {
    const definition = this.stack.template.Resources[id];
    if (definition === undefined) return "";
    const made = await handlerOf(definition.Type).create(
      await this.properties(definition),
      this.stack.tags,
      this.context,
    );
    this.resources.set(id, { logicalId: id, type: definition.Type, ...made });
    return "CREATE_COMPLETE";
  }

  private async change(id: string, previous: TemplateResource | undefined): Promise<string> {
    const definition = this.stack.template.Resources[id];
    const made = this.resources.get(id);
    if (definition === undefined) return "";
    if (made !== undefined && JSON.stringify(definition) === JSON.stringify(previous)) return "";
    if (made === undefined || previous === undefined) return this.make(id);
    const handler = handlerOf(definition.Type);
    const replaced = handler.replacing.some(
      (name) => JSON.stringify(definition.Properties[name]) !== JSON.stringify(previous.Properties[name]),
    );
    if (replaced || previous.Type !== definition.Type) {
      await this.make(id);
      return "UPDATE_COMPLETE";
    }
    const properties = await this.properties(definition);
    this.changed.add(id);
    await handler.update(made, properties, previous.Properties, this.context);
    return "UPDATE_COMPLETE";
  }

  /** What was replaced needs nothing: the old one was not removed yet. */
  private async putBack(id: string, failed: TemplateResource | undefined): Promise<string> {
    const definition = this.stack.template.Resources[id];
    const made = this.resources.get(id);
    if (definition === undefined || made === undefined || failed === undefined || !this.changed.has(id)) return "";
    await handlerOf(made.type).update(made, await this.properties(definition), failed.Properties, this.context);
    return "UPDATE_COMPLETE";
  }

  /** Removes resources, the last made first. */
  private async discard(resources: readonly StackResource[]): Promise<void> {
    for (const one of [...resources].reverse()) {
      await handlerOf(one.type).remove(one, this.context);
      this.note({ ...one, status: "DELETE_COMPLETE", reason: undefined });
    }
  }

  private async properties(definition: TemplateResource): Promise<Properties> {
    return (await resolveSecrets(evaluate(definition.Properties, this.names), this.context)) as Properties;
  }

  private get names(): Names {
    const { account, region } = this.context.call;
    const pseudo: Readonly<Record<string, string>> = {
      "AWS::AccountId": account,
      "AWS::Region": region,
      "AWS::StackId": this.stack.id,
      "AWS::StackName": this.stack.name,
    };
    // What the template leaves out may still be there; it has no name any more.
    const made = (name: string) =>
      this.stack.template.Resources[name] === undefined ? undefined : this.resources.get(name);
    return {
      ref: (name) => pseudo[name] ?? made(name)?.physicalId,
      attribute: (name, attribute) => made(name)?.attributes[attribute],
    };
  }

  /** What is there now is what the stack has. Outputs that cannot be worked out are a fault, which is given back. */
  private settle(): AwsFault | undefined {
    const { stack, names } = this;
    const { Outputs, Resources } = stack.template;
    stack.resources = [...this.resources.values()];
    stack.outputs = {};
    if (!Object.keys(Resources).every((id) => this.resources.has(id))) return undefined;
    try {
      const values = Object.entries(Outputs).map(([name, value]) => [name, String(evaluate(value, names))]);
      stack.outputs = Object.fromEntries(values) as Record<string, string>;
      return undefined;
    } catch (error) {
      if (error instanceof AwsFault) return error;
      throw error;
    }
  }

  private note(event: Omit<Stack["events"][number], "id" | "token">): void {
    const { events } = this.stack;
    const { logicalId, physicalId, type, status, reason } = event;
    const id = identifierOf(this.context.seq, 24) + String(events.length);
    events.push({ id, logicalId, physicalId, type, status, reason, token: this.token });
  }
}

function handlerOf(type: string): ResourceHandler {
  const handler = HANDLERS.find((one) => one.type === type);
  if (handler !== undefined) return handler;
  throw new AwsFault("ValidationError", `Template format error: Unrecognized resource types: [${type}]`);
}
