import { StackBoard } from "../../../cli/progress/stack-board";

const STACKS = [
  { id: "a-dev-network", layer: "network", needs: [] },
  { id: "a-dev-data", layer: "data", needs: [] },
];
const stack = "a-dev-network";
const resource = (address: string, phase: "started" | "done") =>
  ({ type: "resource", stack, address, action: "create", phase }) as const;

let time: number;
let board: StackBoard;
beforeEach(() => {
  time = 0;
  board = new StackBoard(STACKS, () => time);
});

test("stacks wait until their own run begins; initialising is not yet it", () => {
  board.take({ type: "initializing", stack });
  expect(board.rows()).toEqual([
    { layer: "network", state: "waiting", done: 0, total: 0, text: "initialising", elapsed: 0 },
    { layer: "data", state: "waiting", done: 0, total: 0, text: "waiting", elapsed: 0 },
  ]);
});

test("a running stack counts what is done and names what is being done", () => {
  board.take({ type: "planned", stack, add: 3, change: 0, destroy: 0 });
  board.take(resource("aws_vpc.Vpc", "started"));
  board.take(resource("aws_eip.A", "started"));
  board.take(resource("aws_eip.B", "started"));
  board.take(resource("aws_eip.A", "done"));
  time = 5000;
  expect(board.rows()[0]).toEqual({
    layer: "network",
    state: "running",
    done: 1,
    total: 3,
    text: "creating aws_vpc.Vpc, creating aws_eip.B",
    elapsed: 5000,
  });
});

test("a stack that is done keeps its time, and says when nothing had to change", () => {
  board.take({ type: "planning", stack });
  board.take({ type: "planned", stack, add: 0, change: 0, destroy: 0 });
  time = 3000;
  board.take({ type: "applied", stack, add: 0, change: 0, destroy: 0 });
  time = 9000;
  expect(board.rows()[0]).toMatchObject({ state: "done", text: "no changes", elapsed: 3000 });
});

test("a stack that failed shows the first line of its error", () => {
  board.take({ type: "error", stack, text: "Error: creating VPC: denied\n\n  with aws_vpc.Vpc" });
  expect(board.rows()[0]).toMatchObject({ state: "failed", text: "Error: creating VPC: denied" });
});
