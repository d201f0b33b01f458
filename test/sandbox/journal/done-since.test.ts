import { doneSince } from "../../../sandbox/journal/done-since";
import type { JournalEntry } from "../../../sandbox/journal/journal-entry";
import { openOperations } from "../../../sandbox/journal/rollback-selection";
import { entry, lockCall } from "./entries";

const NETWORK = "atlas-dev-network";
const DATA = "atlas-dev-data";
const CLUSTER = "atlas-dev-cluster";
const OTHER = "atlas-dev-other";
const NEEDS = { [NETWORK]: [], [DATA]: [NETWORK], [CLUSTER]: [DATA], [OTHER]: [NETWORK] };

/** By stack, the numbers of the calls that go with the one open operation. */
function found(stack: string, entries: readonly JournalEntry[], needs = NEEDS): Record<string, number[]> {
  const [operation] = openOperations(entries, { stacks: [stack] });
  if (operation === undefined) throw new Error(`${stack} holds no lock`);
  const numbers = [...doneSince(operation, entries, needs)].map(([name, calls]) => [name, calls.map(({ seq }) => seq)]);
  return Object.fromEntries(numbers) as Record<string, number[]>;
}

test("what stacks have done that read the dead one, at first or second hand, goes with it", () => {
  const entries = [
    entry(1, { principal: CLUSTER }),
    lockCall(2, NETWORK, "PutObject"),
    entry(3),
    lockCall(4, DATA, "PutObject"),
    entry(5, { principal: DATA }),
    lockCall(6, DATA, "DeleteObject"),
    entry(7, { principal: CLUSTER }),
  ];
  expect(found(NETWORK, entries)).toEqual({ [DATA]: [4, 5, 6], [CLUSTER]: [7] });
});

test("so does what was done to stacks that the dead one reads, but not what was done to their other readers", () => {
  const entries = [
    lockCall(1, CLUSTER, "PutObject"),
    ...[DATA, NETWORK, OTHER].map((principal, index) => entry(index + 2, { principal })),
  ];
  expect(found(CLUSTER, entries)).toEqual({ [DATA]: [2], [NETWORK]: [3] });
});

test("an operation of a neighbour that had begun before is no part of it, the next one is", () => {
  const entries = [
    lockCall(1, DATA, "PutObject"),
    lockCall(2, NETWORK, "PutObject"),
    entry(3, { principal: DATA }),
    lockCall(4, DATA, "DeleteObject"),
    entry(5, { principal: DATA }),
  ];
  expect(found(NETWORK, entries)).toEqual({ [DATA]: [5] });
  expect(found(NETWORK, entries.slice(0, 3))).toEqual({});
});

test.each([
  ["failed", { status: 400 }],
  ["were taken back", { voided: true }],
  ["belong to another account", { account: "222222222222" }],
])("calls that %s are left out", (_, given) => {
  const entries = [lockCall(1, NETWORK, "PutObject"), entry(2, { principal: DATA, ...given })];
  expect(found(NETWORK, entries)).toEqual({});
});

test("a stack of which nobody says what it reads has no neighbours", () => {
  expect(found(NETWORK, [lockCall(1, NETWORK, "PutObject"), entry(2, { principal: DATA })], {} as never)).toEqual({});
});
