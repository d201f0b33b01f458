import { plainView } from "../../../cli/progress/plain-view";
import type { CliContext } from "../../../cli/context";
import type { DeployEvent } from "../../../sandbox/deploy";

const STACKS = [
  { id: "a-dev-network", layer: "network", needs: [] },
  { id: "a-dev-data", layer: "data", needs: [] },
];

function lines(...events: DeployEvent[]): string[] {
  const printed: string[] = [];
  let time = 0;
  const now = (): number => time;
  const view = plainView(
    { output: { line: (text: string) => printed.push(text) }, now } as unknown as CliContext,
    STACKS,
  );
  for (const event of events) {
    time += 31_000;
    view.show(event);
  }
  return printed;
}

const vpc = { type: "resource", stack: "a-dev-network", address: "aws_vpc.Vpc", action: "create" } as const;

test("each event worth a line has elapsed time, layer and what happened", () => {
  expect(
    lines(
      { type: "synthesizing" },
      { type: "initializing", stack: "a-dev-data" },
      { type: "planning", stack: "a-dev-network" },
      { type: "planned", stack: "a-dev-network", add: 2, change: 0, destroy: 1 },
      { ...vpc, phase: "started" },
      { ...vpc, phase: "waiting", elapsed: "10s" },
      { ...vpc, phase: "done", elapsed: "11s" },
      { ...vpc, action: "refresh", phase: "started" },
      { type: "applied", stack: "a-dev-network", add: 2, change: 0, destroy: 1 },
      { type: "planned", stack: "a-dev-data", add: 0, change: 0, destroy: 0 },
      { type: "applied", stack: "a-dev-data", add: 0, change: 0, destroy: 0 },
      { type: "destroyed", stack: "a-dev-data", destroy: 4 },
      { type: "error", stack: "a-dev-data", text: "Error: no\n  more" },
      { type: "note", text: "Stopping" },
    ),
  ).toEqual([
    "    31s           computing the stacks",
    " 1m 33s  network  comparing with what exists",
    " 2m 04s  network  2 to add, 0 to change, 1 to destroy",
    " 2m 35s  network  creating aws_vpc.Vpc",
    " 3m 06s  network  still creating aws_vpc.Vpc after 10s",
    " 3m 37s  network  created aws_vpc.Vpc after 11s",
    " 4m 39s  network  done: 2 added, 0 changed, 1 destroyed",
    " 5m 10s  data     no changes",
    " 5m 41s  data     done",
    " 6m 12s  data     done: 4 destroyed",
    " 6m 43s  data     failed: Error: no",
    " 7m 14s           Stopping",
  ]);
});
