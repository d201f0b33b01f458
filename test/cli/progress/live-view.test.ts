import type { CliContext } from "../../../cli/context";
import { liveView } from "../../../cli/progress/live-view";

const STACKS = [{ id: "a-dev-network", layer: "network", needs: [] }];

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function start(): { view: ReturnType<typeof liveView>; frames: string[] } {
  const frames: string[] = [];
  const output = { raw: (text: string) => frames.push(text), coloured: false, width: () => 60 };
  return { view: liveView({ output, now: Date.now } as unknown as CliContext, STACKS), frames };
}

test("a row is redrawn in place, cut to the width of the terminal", () => {
  const { view, frames } = start();
  view.show({ type: "planned", stack: "a-dev-network", add: 2, change: 0, destroy: 0 });
  for (const address of ["aws_subnet.PrivateWithAVeryLongName", "aws_subnet.Public"]) {
    view.show({ type: "resource", stack: "a-dev-network", address, action: "create", phase: "started" });
  }
  jest.advanceTimersByTime(120);
  expect(frames[1]).toBe("\u001b[?25l\u001b[1A\r\u001b[J ⠙ network  0/2          0s  creating aws_subnet.PrivateWi…\n");
  view.end();
});

test("a note is printed once, above the rows", () => {
  const { view, frames } = start();
  view.show({ type: "note", text: "Stopping" });
  jest.advanceTimersByTime(240);
  expect(frames.filter((frame) => frame.includes("Stopping\n"))).toHaveLength(1);
  view.end();
});

test("the cursor is given back at the end, and nothing is drawn after", () => {
  const { view, frames } = start();
  view.end();
  const drawn = frames.length;
  expect(frames.at(-1)).toBe("\u001b[?25h");
  jest.advanceTimersByTime(1000);
  expect(frames).toHaveLength(drawn);
});
