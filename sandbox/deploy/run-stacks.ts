import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { SandboxError } from "../errors";
import type { SandboxErrorCode } from "../errors";
import { CdktfOutput } from "./cdktf-output";
import { CdktfRun } from "./cdktf-run";
import { childEnvironment } from "./child-environment";
import { chooseStacks } from "./choose-stacks";
import { clearLeftovers } from "./clear-leftovers";
import { collectFailures } from "./collect-failures";
import type { DeployOptions, DeployOutcome, EnvironmentStack } from "./deploy-options";
import { recordFile, removeRecord, writeRecord } from "./deploy-record";
import { awsPartFolder } from "./kubernetes/aws-part";
import { deployOnCluster, destroyOnCluster } from "./kubernetes/cluster-phase";
import type { KubernetesLayers } from "./kubernetes/kubernetes-layers";
import { Interrupts } from "./kubernetes/run-signal";
import { describeRecovery, recoverEnvironment } from "./recover-environment";
import { prepareStackFolder, stackFolder, strandedState } from "./stack-folder";
import { StackProgress } from "./stack-progress";
import { settleStrandedState } from "./stranded-state";

/** What cdktf does with the stacks. */
export type Verb = "deploy" | "destroy";

const FLAGS = ["--auto-approve", "--skip-provider-lock"];
const LAST_LINES = 40;
const KILLED = "Terraform was killed in the middle. What it had begun is taken back; run this again.";
const TAKEN_BACK_TOO = "What was done here since is taken back with it.";

/** Runs the stock cdktf over the stacks of an environment, under the environment's lease. */
export async function runStacks(verb: Verb, options: DeployOptions): Promise<DeployOutcome> {
  const stacks = chooseStacks(options.stacks, options.layers, verb);
  const { control, holder } = options;
  await control.takeLease(holder);
  try {
    return await new StackRun(verb, options, stacks).run();
  } finally {
    await control.releaseLease(holder.environment, holder.pid).catch(unlessGone);
  }
}

/** The lease of a process that has ended counts for nothing, and what the run has to report comes first. */
function unlessGone(error: unknown): void {
  const gone: readonly SandboxErrorCode[] = ["SANDBOX_NOT_RUNNING", "SANDBOX_NO_ANSWER"];
  if (!(error instanceof SandboxError) || !gone.includes(error.code)) throw error;
}

/** One run, with the lease in hand. */
class StackRun {
  private readonly outputFolder: string;
  private readonly logFile: string;
  private readonly env: Record<string, string>;
  private readonly progress = new StackProgress();
  private readonly diagnostics: { stack: string; text: string }[] = [];
  private readonly generalLines: string[] = [];
  private readonly lastLines: string[] = [];
  private readonly signal = new Interrupts();
  private failed = false;
  private synthesized = false;

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
    const release = this.options.onInterrupt(() => {
      this.signal.interrupt();
    });
    try {
      mkdirSync(this.outputFolder, { recursive: true });
      writeFileSync(this.logFile, "");
      const recovered = await this.recover();
      await this.options.control.ensureStateBucket(this.options.state);
      this.stacks.forEach((stack) => {
        this.prepareFolder(stack);
      });
      await this.settleStrandedStates(recovered);
      await this.runPhases();
      return this.outcome();
    } finally {
      release();
    }
  }

  /** The cluster comes before the objects in it, and goes after them. */
  private async runPhases(): Promise<void> {
    const { kubernetes } = this.options;
    const onCluster = kubernetes ? this.stacks.filter((stack) => stack.onCluster) : [];
    const others = this.stacks.filter((stack) => !onCluster.includes(stack));
    const phases = [
      () => (this.verb === "destroy" && onCluster.length > 0 ? this.runAlone(others) : this.runTogether(others)),
      ...(kubernetes && onCluster.length > 0 ? [() => this.runOnCluster(kubernetes, onCluster)] : []),
    ];
    if (this.verb === "destroy") phases.reverse();
    for (const phase of phases) {
      if (!this.goesOn()) return;
      await phase();
      if (!this.interrupted) await this.takeBackKilled();
    }
  }

  private goesOn(): boolean {
    return !this.interrupted && !this.failed && this.diagnostics.length === 0;
  }

  private get interrupted(): boolean {
    return this.signal.interrupts > 0;
  }

  private runOnCluster(layers: KubernetesLayers, stacks: readonly EnvironmentStack[]): Promise<void> {
    const { options, signal, env, outputFolder, logFile } = this;
    const { sandboxFolder, holder, control } = options;
    const phase = this.verb === "deploy" ? deployOnCluster : destroyOnCluster;
    const record = recordFile(sandboxFolder, holder.environment);
    return phase({
      ...{ deploy: options, layers, stacks, signal, env, outputFolder, logFile },
      report: (event) => {
        this.report([event]);
      },
      reconcileClusters: control.reconcileClusters,
      cdktf: (chosen) => this.runAlone(chosen),
      synthesize: () => this.runCdktf([], ["synth"]),
      leaveOut: ({ id }) => {
        this.progress.leaveOut(id);
      },
      onStart: (pid) => {
        writeRecord(record, pid);
      },
      goesOn: () => this.goesOn(),
      clusterGoes: this.stacks.length > stacks.length,
    }).finally(() => {
      removeRecord(record);
    });
  }

  /** Runs stacks that cdktf may order by itself: all that they need or that needs them is among them. */
  private async runTogether(stacks: readonly EnvironmentStack[]): Promise<void> {
    const ids = stacks.map(({ id }) => id);
    if (ids.length > 0) await this.runCdktf(ids, [this.verb, ...ids, ...FLAGS]);
  }

  /**
   * Runs a part of the stacks, one after the other: cdktf refuses a part, and told to take it, forgets the order and in a
   * destroy starts the first stack over and over. That the layers are complete has been checked before.
   */
  private async runAlone(stacks: readonly EnvironmentStack[]): Promise<void> {
    for (const { id } of this.verb === "deploy" ? stacks : [...stacks].reverse()) {
      if (!this.goesOn()) return;
      const synthesized = this.synthesized ? ["--skip-synth"] : [];
      const part = ["--ignore-missing-stack-dependencies", "--parallelism", "1"];
      await this.runCdktf([id], [this.verb, id, ...FLAGS, ...part, ...synthesized]);
    }
  }

  private async runCdktf(ids: readonly string[], args: readonly string[]): Promise<void> {
    const output = new CdktfOutput(ids);
    const code = await this.cdktf(args, output);
    this.report(output.end());
    this.generalLines.push(...output.generalLines);
    if (code === 0) this.synthesized = true;
    else this.failed = true;
  }

  private prepareFolder({ id, onCluster = false }: EnvironmentStack): void {
    const { provider, kubernetes, endpoint, state } = this.options;
    const providers = [provider, ...(onCluster ? (kubernetes?.providers ?? []) : [])];
    prepareStackFolder(this.folder(id), { providers, endpoint, bucket: state.bucket });
  }

  /**
   * cdktf counts a Terraform that was killed among those that ended well, and goes on with the stacks that read its
   * outputs. The state lock that it leaves behind tells: all of this run have ended by now, so a lock that is still held
   * belongs to a dead one. Where that cannot be settled now, as when the sandbox is gone too, the next run does it, and
   * what this run has to report comes first.
   */
  private async takeBackKilled(): Promise<void> {
    const { control, holder, stacks } = this.options;
    const recovered = await recoverEnvironment(control, holder, stacks).catch(() => []);
    const ids = recovered.map(({ stack }) => stack);
    this.report(
      recovered.map(({ stack, with: killed }) => ({
        ...{ type: "error", stack },
        text: killed === undefined ? KILLED : `Terraform of ${killed} was killed in the middle. ${TAKEN_BACK_TOO}`,
      })),
    );
    await this.settleStrandedStates(
      ids,
      this.stacks.filter(({ id }) => ids.includes(id)),
    );
  }

  private async recover(): Promise<readonly string[]> {
    const { holder, sandboxFolder, terraformBinary, control, onEvent } = this.options;
    const all = this.options.stacks;
    const folders = new Map(all.flatMap(({ id }) => this.folders(id).map((folder) => [folder, id])));
    await clearLeftovers({ environment: holder.environment, sandboxFolder, folders, terraformBinary });
    const recovered = await recoverEnvironment(control, holder, all);
    if (recovered.length > 0) onEvent({ type: "note", text: describeRecovery(recovered) });
    return recovered.map(({ stack }) => stack);
  }

  private async settleStrandedStates(recovered: readonly string[], stacks = this.stacks): Promise<void> {
    const { terraformBinary, onEvent } = this.options;
    const stranded = stacks.flatMap(({ id: stack }) =>
      this.folders(stack).flatMap((folder) => {
        const file = strandedState(folder);
        const takenBack = recovered.includes(stack);
        return file ? [{ stack, folder, file, takenBack, terraformBinary, env: this.env }] : [];
      }),
    );
    if (stranded.some(({ takenBack }) => !takenBack)) await this.cdktf(["synth"], new CdktfOutput([]));
    for (const state of stranded) onEvent({ type: "note", text: await settleStrandedState(state) });
  }

  private async cdktf(args: readonly string[], output: CdktfOutput): Promise<number> {
    const { projectFolder, terraformBinary, onEvent, sandboxFolder, holder } = this.options;
    if (this.interrupted) return 130;
    if (!args.includes("--skip-synth")) onEvent({ type: "synthesizing" });
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
    const release = this.signal.onInterrupt(() => {
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

  private outcome(): DeployOutcome {
    const { diagnostics, generalLines, lastLines } = this;
    const ended = !this.failed && diagnostics.length === 0 ? "done" : "failed";
    const status = this.interrupted ? "interrupted" : ended;
    const errors = status === "failed" ? collectFailures({ diagnostics, generalLines, lastLines }) : [];
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

  /** All folders in which Terraform may have run for a stack. */
  private folders(stackId: string): readonly string[] {
    return [this.folder(stackId), awsPartFolder(this.options.sandboxFolder, stackId)];
  }
}
