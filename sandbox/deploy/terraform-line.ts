import type { ChangeCounts, DeployEvent, ResourceAction } from "./deploy-event";

type StackEvent = Exclude<DeployEvent, { type: "note" | "synthesizing" }>;

const STARTED: Readonly<Record<string, ResourceAction>> = {
  Creating: "create",
  Modifying: "update",
  Destroying: "destroy",
  Reading: "read",
  "Refreshing state": "refresh",
};
const WAITING: Readonly<Record<string, ResourceAction>> = {
  creating: "create",
  modifying: "update",
  destroying: "destroy",
  reading: "read",
};
const DONE: Readonly<Record<string, ResourceAction>> = {
  Creation: "create",
  Modifications: "update",
  Destruction: "destroy",
  Read: "read",
};

/** The event that one line of Terraform's own output stands for; undefined for the many lines that tell nothing new. */
export function readTerraformLine(stack: string, line: string): StackEvent | undefined {
  return readResourceLine(stack, line) ?? readStackLine(stack, line.trim());
}

function readResourceLine(stack: string, line: string): StackEvent | undefined {
  const started = /^(\S.*?): (Creating|Modifying|Destroying|Reading|Refreshing state)\.\.\.( \[id=.*\])?$/.exec(line);
  if (started) return resource(stack, started[1], STARTED[started[2] ?? ""], "started");
  const waiting = /^(\S.*?): Still (creating|modifying|destroying|reading)\.\.\. \[(?:id=.*, )?(\S+) elapsed\]$/.exec(
    line,
  );
  if (waiting) return resource(stack, waiting[1], WAITING[waiting[2] ?? ""], "waiting", waiting[3]);
  const done = /^(\S.*?): (Creation|Modifications|Destruction|Read) complete after (\S+)( \[id=.*\])?$/.exec(line);
  if (done) return resource(stack, done[1], DONE[done[2] ?? ""], "done", done[3]);
  return undefined;
}

function resource(
  stack: string,
  address: string | undefined,
  action: ResourceAction | undefined,
  phase: "started" | "waiting" | "done",
  elapsed?: string,
): StackEvent | undefined {
  return address && action
    ? { type: "resource", stack, address, action, phase, ...(elapsed && { elapsed }) }
    : undefined;
}

function readStackLine(stack: string, line: string): StackEvent | undefined {
  if (line.startsWith("Initializing the backend")) return { type: "initializing", stack };
  if (line.startsWith("No changes.")) return { type: "planned", stack, add: 0, change: 0, destroy: 0 };
  const planned = /^Plan: (?:\d+ to import, )?(\d+) to add, (\d+) to change, (\d+) to destroy\./.exec(line);
  if (planned) return { type: "planned", stack, ...counts(planned) };
  const applied = /^Apply complete! Resources: (?:\d+ imported, )?(\d+) added, (\d+) changed, (\d+) destroyed\./.exec(
    line,
  );
  if (applied) return { type: "applied", stack, ...counts(applied) };
  const destroyed = /^Destroy complete! Resources: (\d+) destroyed\./.exec(line);
  return destroyed ? { type: "destroyed", stack, destroy: Number(destroyed[1]) } : undefined;
}

function counts(match: RegExpExecArray): ChangeCounts {
  return { add: Number(match[1]), change: Number(match[2]), destroy: Number(match[3]) };
}
