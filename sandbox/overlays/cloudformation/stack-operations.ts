import { identifierOf } from "../overlay";
import { AwsFault } from "../elasticache/aws-fault";
import type { Operation, OperationContext } from "../elasticache/operation";
import { type AnswerFields, listOf } from "../elasticache/query-answer";
import type { QueryInput } from "../elasticache/query-input";
import { inOrder } from "./intrinsics";
import { type Stack, tryFindStack } from "./stack-state";
import { KNOWN_TYPES, StackWork } from "./stack-work";
import { readTemplate, type StackTemplate } from "./template";

/** What the operations on stacks work with. */
export interface StackContext extends OperationContext {
  /** All stacks of the caller's account in the call's region, deleted ones too. */
  readonly stacks: Stack[];
}

/** Operations on stacks, by name. */
export type StackOperations = Readonly<
  Record<string, (input: QueryInput, context: StackContext) => ReturnType<Operation>>
>;

/** Operations on stacks. Everything is done when they answer. */
export const stackOperations: StackOperations = {
  CreateStack: async (input, context) => {
    const name = input.text("StackName") ?? "";
    if (tryFindStack(context.stacks, name) !== undefined) {
      throw new AwsFault("AlreadyExistsException", `Stack [${name}] already exists`);
    }
    const stack = newStack(input, context);
    context.stacks.push(stack);
    const work = new StackWork(stack, context, input.text("ClientRequestToken"));
    await finishCreation(work, await work.create(), input.text("OnFailure"), input.flag("DisableRollback"));
    return { StackId: stack.id };
  },
  UpdateStack: async (input, context) => {
    const stack = findStack(context.stacks, input);
    const templateBody = templateOf(input, stack.templateBody);
    const tags = tagsOf(input);
    if (templateBody === stack.templateBody && same(tags, stack.tags)) {
      throw new AwsFault("ValidationError", "No updates are to be performed.");
    }
    const wanted = { templateBody, template: soundTemplate(templateBody), tags };
    await update(stack, wanted, new StackWork(stack, context, input.text("ClientRequestToken")));
    return { StackId: stack.id };
  },
  DeleteStack: async (input, context) => {
    const stack = tryFindStack(context.stacks, input.text("StackName") ?? "");
    if (stack === undefined || stack.status === "DELETE_COMPLETE") return undefined;
    const work = new StackWork(stack, context, input.text("ClientRequestToken"));
    await work.removeAll();
    work.finish("DELETE_COMPLETE");
    return undefined;
  },
  DescribeStacks: (input, { stacks }) => {
    const all = input.text("StackName") === undefined;
    const found = all ? stacks.filter(({ status }) => status !== "DELETE_COMPLETE") : [findStack(stacks, input)];
    return { Stacks: listOf(found.map(view)) };
  },
  ListStacks: (_input, { stacks }) => ({ StackSummaries: listOf(stacks.map(summary)) }),
  GetTemplate: (input, { stacks }) => ({ TemplateBody: findStack(stacks, input).templateBody }),
  DescribeStackEvents: (input, { stacks }) => {
    const stack = findStack(stacks, input);
    return { StackEvents: listOf([...stack.events].reverse().map((event) => eventView(stack, event))) };
  },
  DescribeStackResources: (input, { stacks }) => {
    const stack = findStack(stacks, input);
    return { StackResources: listOf(stack.resources.map((resource) => resourceView(stack, resource))) };
  },
};

function newStack(input: QueryInput, { seq, call }: StackContext): Stack {
  const name = input.text("StackName") ?? "";
  if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name)) {
    const pattern = "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*";
    throw new AwsFault(
      "ValidationError",
      `1 validation error detected: Value '${name}' at 'stackName' failed: ${pattern}`,
    );
  }
  const templateBody = templateOf(input, undefined);
  const template = soundTemplate(templateBody);
  const hex = identifierOf(seq, 32);
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  return {
    id: `arn:aws:cloudformation:${call.region}:${call.account}:stack/${name}/${uuid}`,
    name,
    status: "CREATE_IN_PROGRESS",
    statusReason: undefined,
    templateBody,
    template,
    tags: tagsOf(input),
    resources: [],
    outputs: {},
    events: [],
  };
}

/** What is left of a stack whose creation failed is the caller's choice. */
async function finishCreation(
  work: StackWork,
  fault: AwsFault | undefined,
  onFailure: string | undefined,
  rollbackDisabled: boolean | undefined,
): Promise<void> {
  if (fault === undefined) return work.finish("CREATE_COMPLETE");
  const kept = onFailure === "DO_NOTHING" || rollbackDisabled === true;
  if (!kept) await work.removeAll();
  const undone = onFailure === "DELETE" ? "DELETE_COMPLETE" : "ROLLBACK_COMPLETE";
  work.finish(kept ? "CREATE_FAILED" : undone, fault.message);
}

/** A stack that cannot be changed is the old one again, whole: its template, its tags, its resources and its outputs. */
async function update(
  stack: Stack,
  wanted: Pick<Stack, "templateBody" | "template" | "tags">,
  work: StackWork,
): Promise<void> {
  const { templateBody, template, tags } = stack;
  Object.assign(stack, wanted);
  const fault = await work.update(template);
  if (fault === undefined) return work.finish("UPDATE_COMPLETE");
  Object.assign(stack, { templateBody, template, tags });
  const stuck = await work.rollBack(wanted.template);
  work.finish(stuck === undefined ? "UPDATE_ROLLBACK_COMPLETE" : "UPDATE_ROLLBACK_FAILED", fault.message);
}

/** What is refused is refused before anything is touched. */
function soundTemplate(body: string): StackTemplate {
  const template = readTemplate(body, KNOWN_TYPES);
  inOrder(template);
  return template;
}

function templateOf(input: QueryInput, current: string | undefined): string {
  if (input.structures("Parameters", "member").length > 0) {
    throw new AwsFault(
      "ValidationError",
      "The sandbox knows no template parameters: write the values into the template.",
    );
  }
  const body = input.flag("UsePreviousTemplate") === true ? current : input.text("TemplateBody");
  if (body !== undefined) return body;
  throw new AwsFault(
    "ValidationError",
    "Either Template URL or Template Body must be specified; the sandbox reads no URL.",
  );
}

function tagsOf(input: QueryInput): ReadonlyMap<string, string> {
  return new Map(input.structures("Tags", "member").map((tag) => [tag.text("Key") ?? "", tag.text("Value") ?? ""]));
}

function same(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}

function findStack(stacks: readonly Stack[], input: QueryInput): Stack {
  const name = input.text("StackName") ?? "";
  const stack = tryFindStack(stacks, name);
  if (stack !== undefined) return stack;
  throw new AwsFault("ValidationError", `Stack with id ${name} does not exist`);
}

function view(stack: Stack): AnswerFields {
  return {
    StackId: stack.id,
    StackName: stack.name,
    Description: stack.template.Description,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: false,
    Outputs: listOf(Object.entries(stack.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }))),
    Tags: listOf([...stack.tags].map(([Key, Value]) => ({ Key, Value }))),
    EnableTerminationProtection: false,
    DriftInformation: { StackDriftStatus: "NOT_CHECKED" },
  };
}

function summary({ id, name, status, statusReason, template }: Stack): AnswerFields {
  return {
    StackId: id,
    StackName: name,
    TemplateDescription: template.Description,
    StackStatus: status,
    StackStatusReason: statusReason,
    DriftInformation: { StackDriftStatus: "NOT_CHECKED" },
  };
}

function eventView(stack: Stack, event: Stack["events"][number]): AnswerFields {
  return {
    StackId: stack.id,
    EventId: event.id,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ClientRequestToken: event.token,
  };
}

function resourceView(stack: Stack, resource: Stack["resources"][number]): AnswerFields {
  return {
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ResourceStatus: "CREATE_COMPLETE",
  };
}
