import fc from "fast-check";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal } from "../../../sandbox/journal/journal";
import { temporaryDirectory } from "../temporary-directory";
import { entry } from "./entries";

const directory = temporaryDirectory();
const file = () => join(directory(), "journal.ndjson");
const { seq: _, status: __, ...call } = entry(0, { body: Buffer.from("Action=CreateVpc") });

function reopened(journal: Journal): Journal {
  journal.close();
  return new Journal(file());
}

test("effective calls survive, with body, time and effects", () => {
  const journal = new Journal(file());
  const binary = Buffer.from([0, 255, 128]);
  journal.done(journal.begin(call), 200);
  journal.done(journal.begin({ ...call, body: binary }), 204, { vpc: "vpc-1" });
  const again = reopened(journal);
  expect(again.effective).toEqual([
    { ...call, seq: 1, status: 200 },
    { ...call, seq: 2, status: 204, body: binary, effects: { vpc: "vpc-1" } },
  ]);
  again.close();
});

test("a call is on disk before it is done", () => {
  const journal = new Journal(file());
  journal.begin(call);
  expect(readFileSync(file(), "utf8")).toContain('"action":"CreateVpc"');
  journal.close();
});

test("calls that failed, never ended or were taken back are gone, and their numbers are not used again", () => {
  const journal = new Journal(file());
  const [failed, taken, open] = [journal.begin(call), journal.begin(call), journal.begin(call)];
  journal.done(failed, 400);
  journal.done(taken, 200);
  journal.void([taken], "its Terraform died");
  const again = reopened(journal);
  expect(again.effective).toEqual([]);
  expect(again.size).toBe(0);
  expect(again.begin(call)).toBe(open + 1);
  again.close();
});

test("a line in the middle that is none of ours is refused with its place", () => {
  writeFileSync(file(), '{"journal":1,"next":1}\nnonsense\n{"done":1,"status":200}\n');
  expect(() => new Journal(file())).toThrow(
    `${file()}:2: not a journal line. The sandbox cannot rebuild its world from this file; \`flightdeck sandbox down --purge\` starts over with an empty one.`,
  );
});

test("a journal cut off anywhere opens, with all calls that were done before the cut", () => {
  const journal = new Journal(file());
  for (let index = 0; index < 6; index++) journal.done(journal.begin(call), 200);
  journal.close();
  const bytes = readFileSync(file());
  const other = mkdtempSync(join(tmpdir(), "flightdeck-journal-"));
  fc.assert(
    fc.property(fc.nat(bytes.length), (length) => {
      const torn = join(other, "journal.ndjson");
      writeFileSync(torn, bytes.subarray(0, length));
      const done = bytes
        .subarray(0, length)
        .toString()
        .split("\n")
        .slice(0, -1)
        .filter((line) => line.startsWith('{"done"'));
      const opened = new Journal(torn);
      expect(opened.effective.map(({ seq }) => seq)).toEqual(done.map((_line, index) => index + 1));
      opened.done(opened.begin(call), 200);
      opened.close();
      const after = new Journal(torn);
      expect(after.effective).toHaveLength(done.length + 1);
      after.close();
    }),
    { numRuns: 40 },
  );
  rmSync(other, { recursive: true });
});

test("what follows a torn line is not lost with it", () => {
  const journal = new Journal(file());
  journal.done(journal.begin(call), 200);
  journal.close();
  appendFileSync(file(), '{"seq":2,"time":1,"acc');
  const torn = new Journal(file());
  torn.done(torn.begin(call), 200);
  const again = reopened(torn);
  expect(again.effective.map(({ seq }) => seq)).toEqual([1, 2]);
  again.close();
});
