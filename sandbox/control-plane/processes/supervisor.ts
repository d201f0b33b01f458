import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { inTurn } from "../../collect-failures";
import { SandboxError } from "../../errors";
import { writePrivately } from "../files/write-privately";
import type { Component, Ports } from "./component";
import { ComponentProcess, endProcess } from "./component-process";
import type { ControlPlaneRecord } from "./control-plane-record";
import { readRecord, writeRecord } from "./control-plane-record";
import { freePort } from "./free-ports";
import { lastLines, limitLog, sizeOf } from "./log-file";
import { processesWith, type ProcessIdentity } from "./process-identity";

/** What is supervised. */
export interface SupervisorOptions<Port extends string> {
  readonly directory: string;
  readonly recordFile: string;
  readonly portNames: readonly Port[];
  /** The components in the order they are started in; those of one tier start together. */
  readonly describe: (ports: Ports<Port>) => readonly (readonly Component<Port>[])[];
  readonly logFile: (component: string) => string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  /** Called whenever everything is ready again after something had died; ports may be others than before. */
  readonly onRecovered: () => void;
  /**
   * Milliseconds that a process may take to end before it is killed.
   * @default 10000
   */
  readonly graceMs?: number;
}

interface Running {
  readonly process: ComponentProcess;
  readonly fingerprint: string;
}

const POLL_MS = 50;
const WATCH_MS = 500;
const LOG_CHECK_MS = 60_000;
/** How long a component that runs already may need to be ready, e.g. again, after what it depends on was away. */
const PATIENCE_MS = 20_000;
const START_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;
/** After this time without a failure the next one counts as the first. */
const CALM_MS = 60_000;
const PORT_TAKEN = /address already in use|EADDRINUSE/i;

/**
 * Brings processes up in order, keeps them up, and ends them in the opposite order.
 *
 * Start and recovery are one: what runs already as it should and is ready is kept, everything else is ended and
 * started. A process of an earlier run is known by what the record says and by the arguments it was started with.
 */
export class Supervisor<Port extends string> {
  private readonly running = new Map<string, Running>();
  /** Those that have been ready: when one of them ends, it has died. */
  private readonly settled = new Set<string>();
  private readonly aborter = new AbortController();
  private readonly record: ControlPlaneRecord;
  private timer: NodeJS.Timeout | undefined;
  private work: Promise<void> | undefined;
  private failures = 0;
  private lastFailure = 0;
  private lastLogCheck = Date.now();

  constructor(private readonly options: SupervisorOptions<Port>) {
    this.record = readRecord(options.recordFile);
  }

  get ports(): Ports<Port> {
    const { portNames } = this.options;
    return Object.fromEntries(portNames.map((name) => [name, this.record.ports[name] ?? 0])) as Ports<Port>;
  }

  /** Ids of the processes by name of the component. */
  get pids(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.running].map(([name, { process }]) => [name, process.identity.pid]));
  }

  /** True while every component runs. */
  get complete(): boolean {
    return this.work === undefined && this.components().every(({ name }) => this.running.get(name)?.process.alive);
  }

  /**
   * Brings everything up and watches it from then on.
   *
   * @throws SandboxError SANDBOX_CONTROL_PLANE_PROGRAM, SANDBOX_CONTROL_PLANE_NOT_READY, SANDBOX_PORT_TAKEN
   */
  async start(): Promise<void> {
    this.work = this.bringUp().finally(() => (this.work = undefined));
    await this.work;
    this.timer = setInterval(() => this.watch(), WATCH_MS).unref();
  }

  /**
   * Ends everything, last started first, processes of earlier runs included. One that does not end keeps no other one
   * running.
   *
   * @throws SandboxError SANDBOX_STOP_FAILED
   */
  async stop(): Promise<void> {
    await this.letGo();
    await inTurn(
      this.components()
        .reverse()
        .map((component) => () => this.endAll(component)),
    );
  }

  /** Lets everything run on unwatched, for the next start to take over. */
  async letGo(): Promise<void> {
    this.aborter.abort();
    clearInterval(this.timer);
    await this.work?.catch(() => undefined);
  }

  private components(): Component<Port>[] {
    return this.options.describe(this.ports).flat();
  }

  /** A component that dies while a later one starts is the reason for that one's failure: both are tried again. */
  private async bringUp(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.converge();
      } catch (error) {
        if (attempt === START_ATTEMPTS || this.fallen().length === 0 || this.aborter.signal.aborted) throw error;
        this.forgetFallen();
      }
    }
  }

  private async converge(): Promise<void> {
    for (const name of this.options.portNames) {
      if (this.record.ports[name] === undefined) await this.choosePort(name);
    }
    for (const tier of this.options.describe(this.ports)) {
      const outcomes = await Promise.allSettled(tier.map(({ name }) => this.ensure(name)));
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      if (failed !== undefined) throw failed.reason;
    }
  }

  private fallen(): [string, Running][] {
    return [...this.running].filter(([name, { process }]) => this.settled.has(name) && !process.alive);
  }

  /** Ports chosen on the way shape later components, so each is described anew when its turn comes. */
  private find(name: string): Component<Port> {
    const component = this.components().find((each) => each.name === name);
    if (component === undefined) throw new SandboxError("SANDBOX_START_FAILED", `There is no component ${name}.`);
    return component;
  }

  private forgetFallen(): void {
    for (const [name, { process }] of this.fallen()) {
      this.options.log(`${name} ended ${process.ending}: starting it again`);
      this.running.delete(name);
      this.settled.delete(name);
    }
  }

  private async ensure(name: string): Promise<void> {
    if (await this.keep(this.find(name))) return;
    // Whoever lets go of everything meanwhile wants what runs to run on.
    this.aborter.signal.throwIfAborted();
    const [gone] = this.fallen();
    if (gone !== undefined) throw notReady(whyGone(gone, name), [], this.options.logFile(gone[0]));
    for (let attempt = 1; ; attempt++) {
      await this.endAll(this.find(name));
      for (const port of this.find(name).ports) await this.choosePort(port);
      const failure = await this.launch(this.find(name));
      if (failure === undefined) return;
      if (attempt === START_ATTEMPTS || !PORT_TAKEN.test(failure.message)) throw failure;
    }
  }

  /** True when the component runs as described, from now or from an earlier run, and is ready. */
  private async keep(component: Component<Port>): Promise<boolean> {
    const { name } = component;
    const fingerprint = fingerprintOf(component);
    const known = this.running.get(name) ?? this.recorded(name);
    if (known?.process.alive !== true || known.fingerprint !== fingerprint) return false;
    if (!(await this.becomesReady(component, known.process, PATIENCE_MS))) return false;
    if (!this.running.has(name)) this.options.log(`${name} still runs, as process ${known.process.identity.pid}`);
    this.running.set(name, known);
    this.settled.add(name);
    return true;
  }

  private recorded(name: string): Running | undefined {
    const entry = this.record.processes[name];
    const process = entry && ComponentProcess.adopt(entry);
    return entry && process && { process, fingerprint: entry.fingerprint };
  }

  private async choosePort(name: Port): Promise<void> {
    const before = this.record.ports[name] ?? 0;
    const others = this.options.portNames.filter((other) => other !== name).map((other) => this.ports[other]);
    const port = await freePort(before, new Set(others));
    if (port === before) return;
    if (before !== 0) this.options.log(`port ${before} (${name}) is taken by another process: ${port} instead`);
    this.record.ports[name] = port;
    writeRecord(this.options.recordFile, this.record);
  }

  /** @returns why it did not become ready */
  private async launch(component: Component<Port>): Promise<SandboxError | undefined> {
    const { name } = component;
    const { directory, environment } = this.options;
    const logFile = this.options.logFile(name);
    this.aborter.signal.throwIfAborted();
    for (const { path, content } of component.files) writePrivately(path, content);
    await component.prepare?.();
    const fingerprint = fingerprintOf(component);
    const logged = sizeOf(logFile);
    const launch = { directory, logFile, environment, onExit: () => this.watch() };
    const process = await ComponentProcess.start(component, launch);
    this.running.set(name, { process, fingerprint });
    this.record.processes[name] = { ...process.identity, fingerprint };
    writeRecord(this.options.recordFile, this.record);
    if (await this.becomesReady(component, process, component.readyTimeoutMs)) {
      this.settled.add(name);
      return undefined;
    }
    this.aborter.signal.throwIfAborted();
    const failure = notReady(this.whyNotReady(component, process), lastLines(logFile, logged), logFile);
    await this.endAll(component);
    return failure;
  }

  private whyNotReady({ name, readyTimeoutMs }: Component<Port>, process: ComponentProcess): string {
    if (!process.alive) return `${name} ended ${process.ending} before it was ready`;
    const [gone] = this.fallen();
    if (gone !== undefined) return whyGone(gone, name);
    return `${name} was not ready within ${readyTimeoutMs / 1000} s`;
  }

  private async becomesReady(
    component: Component<Port>,
    process: ComponentProcess,
    withinMs: number,
  ): Promise<boolean> {
    const deadline = Date.now() + withinMs;
    while (this.fallen().length === 0 && process.alive && Date.now() < deadline && !this.aborter.signal.aborted) {
      // Asked before it is sure that this process answers: another one may listen in its place.
      if ((await component.ready()) && process.alive) return true;
      await delay(POLL_MS);
    }
    return false;
  }

  private async endAll(component: Component<Port>): Promise<void> {
    const { name, mark } = component;
    const { graceMs } = this.options;
    const known = this.running.get(name)?.process.identity;
    this.running.delete(name);
    this.settled.delete(name);
    const others = processesWith(mark).filter((other) => !same(other, known));
    await inTurn([...(known ? [known] : []), ...others].map((identity) => () => endProcess(identity, graceMs)));
    if (this.record.processes[name] === undefined) return;
    Reflect.deleteProperty(this.record.processes, name);
    writeRecord(this.options.recordFile, this.record);
  }

  private watch(): void {
    if (this.aborter.signal.aborted || this.work !== undefined || this.timer === undefined) return;
    if (Date.now() - this.lastLogCheck > LOG_CHECK_MS) {
      this.lastLogCheck = Date.now();
      for (const name of this.running.keys()) limitLog(this.options.logFile(name));
    }
    if (this.fallen().length === 0) return;
    this.work = this.recover().finally(() => (this.work = undefined));
  }

  /** Tries until everything is up again or the control plane is stopped. */
  private async recover(): Promise<void> {
    const { signal } = this.aborter;
    let pause = this.pauseAfterFailure();
    while (!signal.aborted) {
      try {
        await delay(pause, undefined, { signal });
        this.forgetFallen();
        await this.converge();
        this.options.onRecovered();
        this.options.log("the control plane is ready again");
        return;
      } catch (error) {
        if (signal.aborted) return;
        // What died meanwhile is the reason, and is told by itself.
        if (this.fallen().length === 0) this.options.log(error instanceof Error ? error.message : String(error));
        pause = this.pauseAfterFailure();
      }
    }
  }

  /** Long enough for processes that die together to be seen together, and longer each time within a minute. */
  private pauseAfterFailure(): number {
    const now = Date.now();
    this.failures = now - this.lastFailure > CALM_MS ? 0 : this.failures + 1;
    this.lastFailure = now;
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures);
  }
}

function same({ pid, started }: ProcessIdentity, known: ProcessIdentity | undefined): boolean {
  return pid === known?.pid && started === known.started;
}

/** Differs whenever the process would be started differently: program, arguments, configuration, certificates. */
function fingerprintOf(component: Component): string {
  const { program, files, inputs } = component;
  const stat = statSync(program, { throwIfNoEntry: false });
  const read = inputs.map((path) => (existsSync(path) ? readFileSync(path, "utf8") : ""));
  const parts = [program, stat?.size, stat?.mtimeMs, component.arguments, files, read];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function whyGone([name, { process }]: [string, Running], later: string): string {
  return `${name} ended ${process.ending} while ${later} was starting`;
}

function notReady(what: string, lines: readonly string[], logFile: string): SandboxError {
  const reason = lines.length === 0 ? "It logged nothing." : `It logged:\n${lines.map((l) => `  ${l}`).join("\n")}`;
  return new SandboxError(
    "SANDBOX_CONTROL_PLANE_NOT_READY",
    `The control plane cannot be started: ${what}. ${reason}\nThe whole log is ${logFile}.`,
  );
}
