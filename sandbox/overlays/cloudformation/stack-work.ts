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
  private readonly resources: Map<string, StackResource>;

  constructor(
    private readonly stack: Stack,
    private readonly context: OperationContext,
    /** The caller's name for this work, by which it asks for events. */
    private readonly token: string | undefined,
  ) {
    this.resources = new Map(stack.resources.map((resource) => [resource.logicalId, resource]));
  }

  /** Makes what the template says, in order, up to a fault, which is given back. */
  async create(): Promise<AwsFault | undefined> {
    const fault = await this.attempt(inOrder(this.stack.template), (id) => this.make(id));
    this.settle();
    return fault;
  }

  /** Makes the stack what its new template says. Resources whose definition did not change are left alone, as in AWS. */
  async update(previous: StackTemplate): Promise<AwsFault | undefined> {
    const { template } = this.stack;
    const fault = await this.attempt(inOrder(template), (id) => this.change(id, previous.Resources[id]));
    const gone = [...this.resources.keys()].filter((id) => template.Resources[id] === undefined).reverse();
    if (fault === undefined) for (const id of gone) await this.remove(id);
    this.settle();
    return fault;
  }

  /** Removes everything, the last made first. */
  async removeAll(): Promise<void> {
    for (const id of [...this.resources.keys()].reverse()) await this.remove(id);
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
    if (definition === undefined || JSON.stringify(definition) === JSON.stringify(previous)) return "";
    if (made === undefined || previous === undefined) return this.make(id);
    const handler = handlerOf(definition.Type);
    const replaced = handler.replacing.some(
      (name) => JSON.stringify(definition.Properties[name]) !== JSON.stringify(previous.Properties[name]),
    );
    if (!replaced && previous.Type === definition.Type) {
      await handler.update(made, await this.properties(definition), previous.Properties, this.context);
      return "UPDATE_COMPLETE";
    }
    await this.make(id);
    await handlerOf(made.type).remove(made, this.context);
    return "UPDATE_COMPLETE";
  }

  private async remove(id: string): Promise<void> {
    const made = this.resources.get(id);
    if (made === undefined) return;
    await handlerOf(made.type).remove(made, this.context);
    this.resources.delete(id);
    this.note({ ...made, status: "DELETE_COMPLETE", reason: undefined });
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
    return {
      ref: (name) => pseudo[name] ?? this.resources.get(name)?.physicalId,
      attribute: (name, attribute) => this.resources.get(name)?.attributes[attribute],
    };
  }

  /** What is there now is what the stack has. */
  private settle(): void {
    this.stack.resources = [...this.resources.values()];
    const { Outputs } = this.stack.template;
    const whole = Object.keys(this.stack.template.Resources).every((id) => this.resources.has(id));
    const values = whole ? Object.entries(Outputs) : [];
    this.stack.outputs = Object.fromEntries(values.map(([name, value]) => [name, String(evaluate(value, this.names))]));
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
