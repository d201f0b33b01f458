import type { DeployEvent } from "./deploy-event";
import type { EnvironmentStack, StackOutcome } from "./deploy-options";

/** Follows the events of a run and knows what became of each stack. */
export class StackProgress {
  private readonly status = new Map<string, StackOutcome["status"]>();
  private readonly charts = new Map<string, readonly string[]>();
  private readonly planned = new Set<string>();

  /** Takes the next event. */
  take(event: DeployEvent): void {
    if (event.type === "planned" && event.add + event.change + event.destroy > 0) this.planned.add(event.stack);
    if (event.type === "applied") {
      if (event.chartsLeftOut) this.charts.set(event.stack, event.chartsLeftOut);
      const changes = event.add + event.change + event.destroy;
      this.status.set(event.stack, changes > 0 || this.planned.has(event.stack) ? "changed" : "unchanged");
    }
    if (event.type === "destroyed") this.status.set(event.stack, "destroyed");
    if (event.type === "error") this.status.set(event.stack, "failed");
  }

  /** A stack is not run, and that is no failure. */
  leaveOut(stack: string): void {
    this.status.set(stack, "left out");
  }

  /** What became of the stacks so far. */
  outcomes(stacks: readonly EnvironmentStack[]): StackOutcome[] {
    return stacks.map(({ id, layer }) => {
      const chartsLeftOut = this.charts.get(id);
      return { id, layer, status: this.status.get(id) ?? "not reached", ...(chartsLeftOut && { chartsLeftOut }) };
    });
  }
}
