import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Root of the repository. */
export const ROOT = resolve(__dirname, "../..");

/** For proofs of the AWS layers: their clusters have no control plane, whose faults have proofs of their own. */
export const WITHOUT_KUBERNETES = { FLIGHTDECK_SANDBOX_KUBERNETES: "off" } as const;

/** How a command of the command line ended. */
export interface CommandResult {
  readonly exitCode: number | null;
  /** Standard output and standard error as they came, in one text. */
  readonly output: string;
  readonly seconds: number;
}

/** A command that is still running. */
export interface RunningCommand {
  readonly process: ChildProcess;
  readonly ended: Promise<CommandResult>;
}

/**
 * The command line, run as a user runs it, against a sandbox of the test's own: its folder lies outside the clone, so
 * tests never meet a sandbox that the user has up.
 */
export class Flightdeck {
  readonly directory: string;

  constructor(private readonly environment: Readonly<Record<string, string>> = {}) {
    this.directory = mkdtempSync(join(tmpdir(), "flightdeck-"));
  }

  get sandboxDirectory(): string {
    return join(this.directory, "sandbox");
  }

  /** The variables every command of this sandbox runs with. */
  get variables(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      NO_COLOR: "1",
      FLIGHTDECK_SANDBOX_DIR: this.sandboxDirectory,
      ...this.environment,
    };
  }

  start(...args: string[]): RunningCommand {
    return this.spawn(process.execPath, [join(ROOT, "cli/flightdeck.cjs"), ...args], ROOT);
  }

  run(...args: string[]): Promise<CommandResult> {
    return this.start(...args).ended;
  }

  /** Address of the running sandbox. */
  async endpoint(): Promise<string> {
    const { output } = await this.run("sandbox", "status", "--json");
    return (JSON.parse(output) as { health: { endpoint: string } }).health.endpoint;
  }

  /** All variables of a shell that has taken what `sandbox env` prints. */
  async sandboxVariables(): Promise<NodeJS.ProcessEnv> {
    const { output } = await this.runWithSandboxEnvironment("env -0");
    const pairs = output.split("\0").map((line) => /^([^=]+)=([^]*)$/.exec(line));
    return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1], pair[2]]] : [])));
  }

  /** Runs a command with the variables that `sandbox env` prints, as the README tells a user to. */
  async runWithSandboxEnvironment(command: string, cwd = ROOT): Promise<CommandResult> {
    const script = `eval "$("${process.execPath}" "${join(ROOT, "cli/flightdeck.cjs")}" sandbox env)" && cd "${cwd}" && ${command}`;
    return this.spawn("bash", ["-c", script], ROOT).ended;
  }

  /** Ends the servers and removes everything this sandbox wrote. */
  async dispose(): Promise<void> {
    await this.run("sandbox", "down", "--purge");
    rmSync(this.directory, { recursive: true, force: true });
  }

  private spawn(command: string, args: readonly string[], cwd: string): RunningCommand {
    const started = Date.now();
    const child = spawn(command, args, { cwd, env: this.variables, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise<CommandResult>((resolveResult, reject) => {
      child.on("error", reject);
      child.on("close", (exitCode) =>
        resolveResult({
          exitCode,
          output: Buffer.concat(chunks).toString("utf8"),
          seconds: (Date.now() - started) / 1000,
        }),
      );
    });
    return { process: child, ended };
  }
}
