import fc from "fast-check";
import { compact } from "../../../sandbox/journal/compact";
import type { JournalEntry } from "../../../sandbox/journal/journal-entry";
import { entry, lockCall } from "./entries";

const seqs = (entries: readonly JournalEntry[]) => entries.map(({ seq }) => seq);

test("what failed, was rolled back or never ended is left out", () => {
  const entries = [
    entry(1),
    entry(2, { status: 400 }),
    entry(3, { voided: true }),
    entry(4, { status: undefined }),
    entry(5),
  ];
  expect(seqs(compact(entries))).toEqual([1, 5]);
});

test("a released lock is left out, a held one stays", () => {
  const entries = [
    lockCall(1, "atlas-dev-network", "PutObject"),
    lockCall(2, "atlas-dev-data", "PutObject"),
    entry(3),
    lockCall(4, "atlas-dev-network", "DeleteObject"),
  ];
  expect(seqs(compact(entries))).toEqual([2, 3]);
});

test("what an EKS call did goes with it when the gateway died over it, and stays when it ended", () => {
  const died = [entry(1, { service: "eks", status: undefined }), entry(2, { parent: 1 }), entry(3)];
  expect(seqs(compact(died))).toEqual([3]);
  const ended = [entry(1, { service: "eks" }), entry(2, { parent: 1 })];
  expect(seqs(compact(ended))).toEqual([1, 2]);
});

/** What a store would hold after these calls: objects by key, and the ids that creations made. */
function replay(entries: readonly JournalEntry[]): string[] {
  const held = new Set<string>();
  for (const { action, url, seq, principal } of entries) {
    if (action === "PutObject") held.add(url.split("?")[0] ?? "");
    else if (action === "DeleteObject") held.delete(url.split("?")[0] ?? "");
    else held.add(`${principal}:${seq}`);
  }
  return [...held].sort();
}

const call = fc.record({
  stack: fc.constantFrom("atlas-dev-network", "atlas-dev-data", "atlas-prod-network"),
  kind: fc.constantFrom("create" as const, "PutObject" as const, "DeleteObject" as const),
  status: fc.constantFrom(200, 200, 200, 400, undefined),
  voided: fc.constantFrom(false, false, false, true),
});

test("a compacted journal replays to the same world as the full one", () => {
  fc.assert(
    fc.property(fc.array(call, { maxLength: 60 }), (calls) => {
      const entries = calls.map(({ stack, kind, status, voided }, index) =>
        kind === "create"
          ? entry(index + 1, { principal: stack, status, voided })
          : lockCall(index + 1, stack, kind, { status, voided }),
      );
      const effective = entries.filter(({ status, voided }) => status === 200 && voided !== true);
      expect(replay(compact(entries))).toEqual(replay(effective));
      expect(compact(compact(entries))).toEqual(compact(entries));
    }),
  );
});
