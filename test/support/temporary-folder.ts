import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made: string[] = [];

afterAll(() => {
  made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

/** A new folder, removed when the test file has ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "flightdeck-test-"));
  made.push(folder);
  return folder;
}
