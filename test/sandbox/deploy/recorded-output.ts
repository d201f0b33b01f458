import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CdktfOutput } from "../../../sandbox/deploy/cdktf-output";
import type { DeployEvent } from "../../../sandbox/deploy/deploy-event";

/** What a real cdktf printed, recorded with Terraform 1.11.4. */
export function recordedOutput(name: string): string {
  return readFileSync(join(__dirname, "fixtures", `${name}.txt`), "utf8");
}

/** Reads a recording in pieces of the given size. */
export function readRecording(
  name: string,
  stacks: readonly string[],
  size = 1000,
): { events: DeployEvent[]; output: CdktfOutput } {
  const text = recordedOutput(name);
  const output = new CdktfOutput(stacks);
  const events: DeployEvent[] = [];
  for (let start = 0; start < text.length; start += size) events.push(...output.push(text.slice(start, start + size)));
  return { events: [...events, ...output.end()], output };
}
