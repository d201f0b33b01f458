import { join, resolve } from "node:path";
import type { CliContext } from "../../cli/context";
import { describeError } from "../../cli/report-error";
import { buildProgram } from "../../cli/program";
import type { SandboxService } from "../../cli/sandbox/sandbox-service";
import type { CallRecord, SandboxStatus } from "../../sandbox";
import { temporaryFolder } from "../support/temporary-folder";

/** What a command printed and ended with. */
export interface CliRun {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** The parts of the outside world that a test chooses. */
export interface FakeWorld {
  readonly status?: SandboxStatus;
  readonly calls?: readonly CallRecord[];
  readonly env?: Readonly<Record<string, string>>;
  readonly root?: string;
  readonly cwd?: string;
  readonly debug?: boolean;
}

const ROOT = resolve(__dirname, "..", "..");

/** Runs the command line in a world without processes, without network and with a clock that stands still. */
export async function runCli(args: readonly string[], world: FakeWorld = {}): Promise<CliRun> {
  const out: string[] = [];
  const err: string[] = [];
  const context = fakeContext(world, out, err);
  let exitCode = 0;
  try {
    await buildProgram(context, (code) => (exitCode = code)).parseAsync([...args], { from: "user" });
  } catch (error) {
    const report = describeError(error, world.debug ?? false);
    exitCode = report.exitCode;
    if (report.text !== "") err.push(`${report.text}\n`);
  }
  return { exitCode, out: out.join(""), err: err.join("") };
}

function fakeContext(world: FakeWorld, out: string[], err: string[]): CliContext {
  const root = world.root ?? ROOT;
  return {
    root,
    configRoot: root,
    cwd: world.cwd ?? root,
    host: { env: { PATH: "", ...world.env }, home: "/nobody", platform: "linux", arch: "x64" },
    nodeVersion: "20.20.2",
    output: {
      line: (text) => out.push(`${text}\n`),
      error: (text) => err.push(`${text}\n`),
      raw: (text) => out.push(text),
      interactive: false,
      coloured: false,
      width: () => 80,
    },
    sandbox: fakeSandbox(world),
    now: () => Date.parse("2026-11-21T10:05:00Z"),
    onInterrupt: () => () => undefined,
  };
}

function fakeSandbox({ status, calls = [] }: FakeWorld): SandboxService {
  const folder = join(temporaryFolder(), "sandbox");
  return {
    folder,
    start: () => Promise.reject(new TypeError("nothing is started in this test")),
    status: () => Promise.resolve(status ?? { running: false, directory: folder }),
    stop: (purge) => Promise.resolve({ outcome: status?.running ? "stopped" : "not-running", purged: purge }),
    control: () => ({
      takeLease: () => Promise.resolve(),
      releaseLease: () => Promise.resolve(),
      recover: () => Promise.resolve({ stacks: [] }),
      ensureStateBucket: () => Promise.resolve(),
      reconcileClusters: () => Promise.resolve([]),
    }),
    calls: (_endpoint, { since = 0 }) => Promise.resolve(calls.filter(({ id }) => id > since)),
    policy: () => ({ Version: "2012-10-17", Statement: [] }),
  };
}
