import type { DeployEvent, ResourceAction } from "../../sandbox/deploy";

const DOING: Record<ResourceAction, string> = {
  create: "creating",
  update: "changing",
  destroy: "destroying",
  read: "reading",
  refresh: "checking",
};
const DONE: Record<ResourceAction, string> = {
  create: "created",
  update: "changed",
  destroy: "destroyed",
  read: "read",
  refresh: "checked",
};

/** What is being done to a resource, e.g. `creating aws_vpc.Vpc`. */
export function doing(action: ResourceAction, address: string): string {
  return `${DOING[action]} ${address}`;
}

/** An event in words, without its stack; undefined when it is not worth a line. */
export function eventText(event: DeployEvent): string | undefined {
  switch (event.type) {
    case "note":
      return event.text;
    case "synthesizing":
      return "computing the stacks";
    case "initializing":
      return undefined;
    case "planning":
      return "comparing with what exists";
    case "planned":
      return changes(event) ?? "no changes";
    case "applied":
      return changes(event) ? `done: ${event.add} added, ${event.change} changed, ${event.destroy} destroyed` : "done";
    case "destroyed":
      return `done: ${event.destroy} destroyed`;
    case "error":
      return `failed: ${event.text.split("\n")[0] ?? ""}`;
    case "resource":
      return resourceText(event);
  }
}

function resourceText(event: Extract<DeployEvent, { type: "resource" }>): string | undefined {
  if (event.action === "refresh" || event.action === "read") return undefined;
  if (event.phase === "done") return `${DONE[event.action]} ${event.address} after ${event.elapsed ?? "0s"}`;
  if (event.phase === "waiting") return `still ${doing(event.action, event.address)} after ${event.elapsed ?? "0s"}`;
  return doing(event.action, event.address);
}

function changes(counts: { add: number; change: number; destroy: number }): string | undefined {
  const { add, change, destroy } = counts;
  return add + change + destroy === 0 ? undefined : `${add} to add, ${change} to change, ${destroy} to destroy`;
}
