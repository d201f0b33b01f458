import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { CdktfOutput } from "./cdktf-output";
import { CdktfRun } from "./cdktf-run";
import { childEnvironment } from "./child-environment";
import { chooseStacks } from "./choose-stacks";
import { clearLeftovers } from "./clear-leftovers";
import { collectFailures } from "./collect-failures";
import type { DeployOptions, DeployOutcome, EnvironmentStack } from "./deploy-options";
import { recordFile, removeRecord, writeRecord } from "./deploy-record";
import { describeRecovery, recoverEnvironment } from "./recover-environment";
import { prepareStackFolder, stackFolder, strandedState } from "./stack-folder";
import { StackProgress } from "./stack-progress";
import { settleStrandedState } from "./stranded-state";

/** What cdktf does with the stacks. */
export type Verb = "deploy" | "destroy";

const LAST_LINES = 40;
const KILLED = "Terraform was killed in the middle. What it had begun is taken back; run this again.";

/** Runs the stock cdktf over the stacks of an environment, under the environment's lease. */
export async function runStacks(verb: Verb, options: DeployOptions): Promise<DeployOutcome> {
  const stacks = chooseStacks(options.stacks, options.layers, verb);
  const { control, holder } = options;
  await control.takeLease(holder);
  try {
    return await new StackRun(verb, options, stacks).run();
  } finally {
    await control.releaseLease(holder.environment, holder.pid);
  }
}

/** One run, with the lease in hand. */
class StackRun {
  private readonly outputFolder: string;
  private readonly logFile: string;
  private readonly env: Record<string, string>;
  private readonly progress = new StackProgress();
  private readonly diagnostics: { stack: string; text: string }[] = [];
  private readonly lastLines: string[] = [];
  private interrupted = false;

  constructor(
    private readonly verb: Verb,
    private readonly options: DeployOptions,
    private readonly stacks: readonly EnvironmentStack[],
  ) {
    this.outputFolder = join(options.sandboxFolder, "cdktf.out");
    this.logFile = join(options.sandboxFolder, "deploy.log");
    this.env = childEnvironment(options.env, { ...options, outputFolder: this.outputFolder });
  }

  async run(): Promise<DeployOutcome> {
    mkdirSync(this.outputFolder, { recursive: true });
    writeFileSync(this.logFile, "");
    const recovered = await this.recover();
    await this.options.control.ensureStateBucket(this.options.state);
    const { provider, endpoint, state } = this.options;
    for (const { id } of this.stacks) {
      prepareStackFolder(this.folder(id), { provider, endpoint, bucket: state.bucket });
    }
    await this.settleStrandedStates(recovered);
    const output = new CdktfOutput(this.stacks.map(({ id }) => id));
    const ids = this.stacks.map(({ id }) => id);
    const code = await this.cdktf([this.verb, ...ids, "--auto-approve", "--skip-provider-lock"], output);
    this.report(output.end());
    if (!this.interrupted) await this.takeBackKilled();
    return this.outcome(code, output);
  }

  /**
   * cdktf counts a Terraform that was killed among those that ended well. The state lock that it leaves behind tells: all
   * of this run have ended by now, so a lock that is still held belongs to a dead one. Where that cannot be settled now,
   * as when the sandbox is gone too, the next run does it, and what this run has to report comes first.
   */
  private async takeBackKilled(): Promise<void> {
    const { control, holder } = this.options;
    const recovered = await recoverEnvironment(control, holder).catch(() => []);
    const killed = recovered.map(({ stack }) => stack);
    this.report(killed.map((stack) => ({ type: "error", stack, text: KILLED })));
    await this.settleStrandedStates(
      killed,
      this.stacks.filter(({ id }) => killed.includes(id)),
    );
  }

  private async recover(): Promise<readonly string[]> {
    const { holder, sandboxFolder, terraformBinary, control, onEvent } = this.options;
    const all = this.options.stacks.map(({ id }) => id);
    const folders = new Map(all.map((id) => [id, this.folder(id)]));
    await clearLeftovers({ environment: holder.environment, sandboxFolder, folders, terraformBinary });
    const recovered = await recoverEnvironment(control, holder);
    if (recovered.length > 0) onEvent({ type: "note", text: describeRecovery(recovered) });
    return recovered.map(({ stack }) => stack);
  }

  private async settleStrandedStates(recovered: readonly string[], stacks = this.stacks): Promise<void> {
    const { terraformBinary, onEvent } = this.options;
    const stranded = stacks.flatMap(({ id: stack }) => {
      const folder = this.folder(stack);
      const file = strandedState(folder);
      return file
        ? [{ stack, folder, file, takenBack: recovered.includes(stack), terraformBinary, env: this.env }]
        : [];
    });
    if (stranded.some(({ takenBack }) => !takenBack)) await this.cdktf(["synth"], new CdktfOutput([]));
    for (const state of stranded) onEvent({ type: "note", text: await settleStrandedState(state) });
  }

  private async cdktf(args: readonly string[], output: CdktfOutput): Promise<number> {
    const { projectFolder, terraformBinary, onEvent, onInterrupt, sandboxFolder, holder } = this.options;
    if (this.interrupted) return 130;
    onEvent({ type: "synthesizing" });
    const run = new CdktfRun({
      program: join(projectFolder, "node_modules", ".bin", "cdktf"),
      args: [...args, "--output", this.outputFolder],
      projectFolder,
      env: this.env,
      logFile: this.logFile,
      terraformBinary,
      onOutput: (chunk) => {
        this.take(chunk, output);
      },
    });
    const record = recordFile(sandboxFolder, holder.environment);
    if (run.pid !== undefined) writeRecord(record, run.pid);
    const release = onInterrupt(() => {
      this.interrupted = true;
      run.interrupt();
    });
    try {
      return await run.finished;
    } finally {
      release();
      removeRecord(record);
    }
  }

  private take(chunk: string, output: CdktfOutput): void {
    this.lastLines.push(
      ...stripVTControlCharacters(chunk)
        .split("\n")
        .filter((line) => line.trim() !== ""),
    );
    this.lastLines.splice(0, this.lastLines.length - LAST_LINES);
    this.report(output.push(chunk));
  }

  private report(events: ReturnType<CdktfOutput["push"]>): void {
    for (const event of events) {
      this.progress.take(event);
      if (event.type === "error") this.diagnostics.push({ stack: event.stack, text: event.text });
      this.options.onEvent(event);
    }
  }

  private outcome(code: number, output: CdktfOutput): DeployOutcome {
    const { diagnostics, lastLines } = this;
    const ended = code === 0 && diagnostics.length === 0 ? "done" : "failed";
    const status = this.interrupted ? "interrupted" : ended;
    const errors =
      status === "failed" ? collectFailures({ diagnostics, generalLines: output.generalLines, lastLines }) : [];
    const stacks = this.progress
      .outcomes(this.stacks)
      .map((stack) =>
        this.interrupted && stack.status === "failed" ? { ...stack, status: "stopped" as const } : stack,
      );
    return { status, stacks, errors, logFile: this.logFile, outputFolder: this.outputFolder };
  }

  private folder(stackId: string): string {
    return stackFolder(this.outputFolder, stackId);
  }
}
