import type { DeployFailure } from "./deploy-options";
import { describeStateLock, readStateLockHolder } from "./state-lock-holder";
import { synthesisError } from "./synthesis-error";

/** What a failed run has said. */
export interface FailureSources {
  /** Terraform's diagnostics. */
  readonly diagnostics: readonly { readonly stack: string; readonly text: string }[];
  /** What cdktf printed outside of any stack. */
  readonly generalLines: readonly string[];
  /** The last lines of all output, for the case that nothing else tells. */
  readonly lastLines: readonly string[];
}

/** cdktf ends when Terraform ends, on a busy machine before it has read everything that Terraform said. */
const LOST = "Terraform failed, and cdktf lost its message; run this again to see it. The end of the output was:";

const EMPTY_PHRASES =
  /^(Invoking Terraform CLI failed with exit code \d+|Error: terraform init failed with exit code \d+)$/;

/**
 * The reasons of a failure, the useful ones only, and never none: diagnostics of Terraform, else what the application or
 * cdktf said, else the end of the output.
 */
export function collectFailures(sources: FailureSources): DeployFailure[] {
  const synthesis = synthesisError(sources.generalLines);
  if (synthesis) return [{ text: synthesis }];
  const diagnostics = sources.diagnostics.map(({ stack, text }) => {
    const holder = readStateLockHolder(text);
    return { stack, text: holder ? describeStateLock(stack, holder) : text };
  });
  const said = sources.generalLines.filter((line) => !EMPTY_PHRASES.test(line.trim()));
  const general = diagnostics.length > 0 ? said.filter((line) => /error/i.test(line)) : said;
  const all = [...diagnostics, ...(general.length > 0 ? [{ text: general.join("\n") }] : [])];
  return all.length > 0 ? all : [{ text: [LOST, ...sources.lastLines].join("\n") }];
}
