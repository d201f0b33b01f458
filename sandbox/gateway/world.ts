import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { notImplemented } from "../aws/aws-error";
import type { EksBackend } from "../eks/contract";
import { parseCall } from "../aws/parse-call";
import { SandboxError } from "../errors";
import type { Journal } from "../journal/journal";
import type { JournalEntry } from "../journal/journal-entry";
import type { MotoServer } from "../moto/moto-server";
import { MotoWorld } from "../moto/moto-world";
import { createOverlays } from "../overlays";
import { applyOverlays } from "../overlays/apply-overlays";
import { eksRequest } from "./eks-call";

/** What the last rebuild of the world did. */
export interface ReplayReport {
  readonly entries: number;
  readonly ms: number;
  /** Calls that succeeded when they were made and not in the replay. */
  readonly diverged: readonly string[];
}

/** What the world is made of. */
export interface WorldParts {
  readonly journal: Journal;
  readonly moto: MotoServer;
  readonly eks: EksBackend;
  /** Told what happens, one line each. */
  readonly log: (line: string) => void;
  readonly onMotoStarted: () => void;
}

/** How often one call may lose moto: a call that kills moto each time must end. */
const ATTEMPTS = 3;
/** How often moto may go away while the journal is replayed into it. */
const REPLAYS = 10;

/** moto and EKS together, rebuilt from the journal whenever moto is gone. One call at a time. */
export class World {
  restarts = 0;
  lastReplay: ReplayReport = { entries: 0, ms: 0, diverged: [] };
  private readonly motoWorld: MotoWorld;
  private overlays = createOverlays();

  constructor(private readonly parts: WorldParts) {
    this.motoWorld = new MotoWorld(parts.moto);
  }

  /** Executes a call on moto; with a sequence number when it makes ids. */
  async execute(call: AwsCall, seq?: number): Promise<AwsResponse> {
    for (let attempt = 1; ; attempt++) {
      try {
        if (!this.parts.moto.running) await this.restart("was down");
        return await this.attempt(call, seq);
      } catch (error) {
        if (!motoIsGone(error) || attempt === ATTEMPTS) throw error;
        await this.restart(`went away during ${call.service} ${call.action}`);
      }
    }
  }

  /** Brings moto back after it went away by itself. */
  async restart(reason: string): Promise<void> {
    this.restarts += 1;
    this.parts.log(`moto ${reason}; restarting it`);
    await this.rebuildMoto();
  }

  /** Makes the world what the journal says, EKS included. */
  async rebuild(): Promise<ReplayReport> {
    this.parts.eks.reset();
    for (const entry of this.parts.journal.effective) {
      if (entry.service === "eks") this.replayEks(entry);
    }
    await this.rebuildMoto();
    return this.lastReplay;
  }

  private async rebuildMoto(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.replayMoto();
      } catch (error) {
        if (!motoIsGone(error) || attempt === REPLAYS) throw error;
        this.restarts += 1;
        this.parts.log("moto went away during the replay; starting over");
      }
    }
  }

  private async replayMoto(): Promise<void> {
    const { moto, journal, log } = this.parts;
    const began = performance.now();
    await moto.stop();
    await moto.start();
    this.parts.onMotoStarted();
    this.motoWorld.reset();
    this.overlays = createOverlays();
    const entries = journal.effective.filter(({ service }) => service !== "eks");
    const diverged: string[] = [];
    for (const entry of entries) {
      const { status } = await this.attempt(asCall(entry), entry.seq);
      if (status >= 400) diverged.push(`${entry.seq} ${entry.service} ${entry.action}: ${entry.status}, now ${status}`);
    }
    this.lastReplay = { entries: entries.length, ms: Math.round(performance.now() - began), diverged };
    log(`moto ${moto.pid} on port ${moto.port}: replayed ${entries.length} calls in ${this.lastReplay.ms} ms`);
    for (const line of diverged) log(`replay differs: ${line}`);
  }

  private replayEks(entry: JournalEntry): void {
    const { seq, time: now, effects } = entry;
    this.parts.eks.apply(eksRequest(asCall(entry)), { seq, now, effects });
  }

  private async attempt(call: AwsCall, seq: number | undefined): Promise<AwsResponse> {
    const logPosition = this.parts.moto.logPosition();
    const moto = (sent: AwsCall) => this.motoWorld.execute(sent, seq);
    const response = await applyOverlays(this.overlays, call, { seq, moto });
    const failure = await this.motoWorld.failureOf(response, logPosition);
    if (failure === undefined) return response;
    this.parts.log(`${call.service} ${call.action}: moto failed: ${failure.reason}`);
    const detail = failure.missing ? "no part of it knows this action" : `moto failed on it (${failure.reason})`;
    return notImplemented(call.protocol, call.service, call.action, detail);
  }
}

function motoIsGone(error: unknown): boolean {
  return error instanceof SandboxError && error.code === "SANDBOX_MOTO_GONE";
}

function asCall(entry: JournalEntry): AwsCall {
  const call = parseCall(entry);
  if (call !== undefined) return call;
  throw new SandboxError(
    "SANDBOX_JOURNAL_CORRUPT",
    `journal entry ${entry.seq} (${entry.service} ${entry.action}) carries no signature`,
  );
}
