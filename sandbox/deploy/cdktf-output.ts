import { stripVTControlCharacters } from "node:util";
import type { DeployEvent } from "./deploy-event";
import { DiagnosticBox } from "./diagnostic-box";
import { readTerraformLine } from "./terraform-line";

const PLAN_STARTS = /: (Reading|Refreshing state)\.\.\.|^Terraform used the selected providers/;
const CHATTER = /^\d+ Stacks? deploying|^\d+ Stacks? destroying|Synthesizing$|^npm (warn|notice)/;

/**
 * Reads what `cdktf deploy` and `cdktf destroy` print into events.
 *
 * The first line of each message carries the stack's id and two blanks, the following ones are indented as far; messages
 * of stacks that run at the same time alternate. What carries no stack is kept: there cdktf says why it gave up.
 */
export class CdktfOutput {
  private readonly stackIds: readonly string[];
  private readonly boxes = new Map<string, DiagnosticBox>();
  private readonly planning = new Set<string>();
  private readonly general: string[] = [];
  private current: string | undefined;
  private rest = "";

  /** @param stackIds the stacks that run */
  constructor(stackIds: readonly string[]) {
    this.stackIds = stackIds;
  }

  /** Lines that belong to no stack, without progress counters. */
  get generalLines(): readonly string[] {
    return this.general;
  }

  /** Takes the next piece of output. */
  push(chunk: string): DeployEvent[] {
    const lines = (this.rest + chunk).split(/\r?\n/);
    this.rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.readLine(stripVTControlCharacters(line)));
  }

  /** Takes the end of the output: nothing that was begun is lost. */
  end(): DeployEvent[] {
    const events = this.push("\n");
    for (const [stack, box] of this.boxes) {
      const { diagnostic } = box.close();
      if (diagnostic?.severity === "error") events.push({ type: "error", stack, text: diagnostic.text });
    }
    return events;
  }

  private readLine(line: string): DeployEvent[] {
    const stack = this.stackIds.find((id) => line.startsWith(`${id}  `) || line.trimEnd() === id);
    if (stack) {
      this.current = stack;
      return this.readContent(stack, line.slice(stack.length + 2));
    }
    if (this.current && line.startsWith(" ".repeat(this.current.length + 2))) {
      return this.readContent(this.current, line.slice(this.current.length + 2));
    }
    const text = line.replace(/\r/g, "").trimEnd();
    if (text !== "" && !CHATTER.test(text.trim())) this.general.push(text);
    return [];
  }

  private readContent(stack: string, line: string): DeployEvent[] {
    const box = this.boxes.get(stack) ?? new DiagnosticBox();
    this.boxes.set(stack, box);
    const { inside, diagnostic } = box.take(line);
    if (diagnostic?.severity === "error") return [{ type: "error", stack, text: diagnostic.text }];
    if (inside) return [];
    const events: DeployEvent[] = [];
    if (PLAN_STARTS.test(line) && !this.planning.has(stack)) {
      this.planning.add(stack);
      events.push({ type: "planning", stack });
    }
    const event = readTerraformLine(stack, line);
    return event ? [...events, event] : events;
  }
}
