import type { DeployEvent, EnvironmentStack } from "../../sandbox/deploy";
import { doing } from "./event-text";

/** What a live display shows of one stack. */
export interface BoardRow {
  readonly layer: string;
  readonly state: "waiting" | "running" | "done" | "failed";
  /** Resources done and to do; both 0 before the plan is known. */
  readonly done: number;
  readonly total: number;
  /** What is being done now, or how it ended. */
  readonly text: string;
  /** Milliseconds it has run. */
  readonly elapsed: number;
}

interface Row {
  readonly layer: string;
  readonly active: Map<string, string>;
  state: BoardRow["state"];
  done: number;
  total: number;
  text: string;
  startedAt?: number;
  endedAt?: number;
}

/** Keeps the state of each stack from the events of a deploy. */
export class StackBoard {
  private readonly rowsById: Map<string, Row>;

  /** @param now milliseconds since the epoch */
  constructor(
    stacks: readonly EnvironmentStack[],
    private readonly now: () => number,
  ) {
    this.rowsById = new Map(stacks.map(({ id, layer }) => [id, newRow(layer)]));
  }

  /** Takes the next event. */
  take(event: DeployEvent): void {
    const row = "stack" in event ? this.rowsById.get(event.stack) : undefined;
    if (!row || !("stack" in event)) return;
    // Terraform initialises all stacks first, one after the other; that is not yet the run of the stack.
    if (event.type === "initializing") {
      row.text = "initialising";
      return;
    }
    row.startedAt ??= this.now();
    if (row.state === "waiting") row.state = "running";
    this.advance(row, event);
  }

  /** The rows as they are now. */
  rows(): BoardRow[] {
    return [...this.rowsById.values()].map((row) => ({
      layer: row.layer,
      state: row.state,
      done: row.done,
      total: row.total,
      text: row.active.size > 0 ? [...row.active.values()].join(", ") : row.text,
      elapsed: row.startedAt === undefined ? 0 : (row.endedAt ?? this.now()) - row.startedAt,
    }));
  }

  private advance(row: Row, event: Exclude<DeployEvent, { type: "note" | "synthesizing" | "initializing" }>): void {
    switch (event.type) {
      case "planning":
        row.text = "comparing with what exists";
        return;
      case "planned":
        row.active.clear();
        row.total = event.add + event.change + event.destroy;
        row.text = row.total === 0 ? "no changes" : "";
        return;
      case "resource":
        advanceResource(row, event);
        return;
      case "applied":
      case "destroyed":
        this.end(row, "done", row.total === 0 && event.destroy === 0 ? "no changes" : "");
        return;
      case "error":
        this.end(row, "failed", event.text.split("\n")[0] ?? "");
    }
  }

  private end(row: Row, state: "done" | "failed", text: string): void {
    row.active.clear();
    row.endedAt = this.now();
    row.text = text;
    row.state = state;
  }
}

function advanceResource(row: Row, { address, action, phase }: Extract<DeployEvent, { type: "resource" }>): void {
  if (action === "refresh" || action === "read") return;
  if (phase !== "done") {
    row.active.set(address, doing(action, address));
    return;
  }
  row.active.delete(address);
  row.done++;
}

function newRow(layer: string): Row {
  return { layer, active: new Map(), state: "waiting", done: 0, total: 0, text: "waiting" };
}
