import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Host } from "../../toolchain";
import { SandboxError } from "../errors";
import { portTaken } from "../gateway/gateway";
import type { Health } from "../gateway/health";
import { portOfLastTime, tryPort } from "../moto/free-port";
import { findRunning } from "./find-running";
import { readGatewayState } from "./gateway-state";
import type { SandboxPaths } from "./sandbox-paths";
import { sandboxPaths } from "./sandbox-paths";

/** How to start a sandbox. */
export interface StartSandboxOptions {
  /** Folder that holds its world and its logs; created. */
  readonly directory: string;
  /** Path of the `moto_server` program. */
  readonly motoServer: string;
  /**
   * Loopback port.
   * @default - the port of the last time if it is free, else any
   */
  readonly port?: number;
  /**
   * Where the programs of Kubernetes control planes are looked for.
   * @default - clusters have no control planes
   */
  readonly programs?: Pick<Host, "env" | "home">;
  /**
   * Milliseconds until the sandbox must answer.
   * @default 90000
   */
  readonly timeoutMs?: number;
}

/** A sandbox that answers. */
export interface SandboxHandle {
  /** e.g. `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** Daemon. */
  readonly pid: number;
  readonly started: "already-running" | "started";
  readonly health: Health;
}

/** Daemons that find another one in their folder end with it. */
const EXIT_ANOTHER_RUNS = 3;

/**
 * Makes sure that the sandbox of a folder runs, as a process of its own, and answers.
 *
 * @throws SandboxError SANDBOX_PORT_TAKEN when the port asked for is not free, SANDBOX_RUNS_ELSEWHERE when the sandbox
 * runs at another port, SANDBOX_START_FAILED with the end of the log when it does not come up
 */
export async function startSandbox(options: StartSandboxOptions): Promise<SandboxHandle> {
  const paths = sandboxPaths(options.directory);
  mkdirSync(paths.directory, { recursive: true });
  const running = await findRunning(paths);
  if (running !== undefined) {
    const ready = running.status === "ready" ? running : await untilReady(paths, undefined, options);
    return handle(ready, "already-running", options);
  }
  const port = await choosePort(paths, options.port);
  const daemon = spawnDaemon(paths, options, port);
  const health = await untilReady(paths, daemon, options);
  return handle(health, health.pid === daemon.pid ? "started" : "already-running", options);
}

function handle(health: Health, started: SandboxHandle["started"], { port }: StartSandboxOptions): SandboxHandle {
  const { endpoint, pid } = health;
  if (port !== undefined && port !== 0 && !endpoint.endsWith(`:${port}`)) {
    throw new SandboxError(
      "SANDBOX_RUNS_ELSEWHERE",
      `The sandbox already runs at ${endpoint}, not at port ${port}. \`flightdeck sandbox down\` ends it; its world is kept.`,
    );
  }
  return { endpoint, pid, started, health };
}

async function choosePort(paths: SandboxPaths, asked: number | undefined): Promise<number> {
  if (asked !== undefined && asked !== 0) {
    if ((await tryPort(asked)) === undefined) throw portTaken(asked);
    return asked;
  }
  return (await portOfLastTime(readGatewayState(paths.state)?.port ?? 0)) ?? 0;
}

function spawnDaemon(paths: SandboxPaths, { motoServer, programs }: StartSandboxOptions, port: number): ChildProcess {
  const log = openSync(paths.gatewayLog, "a");
  const loader = pathToFileURL(require.resolve("tsx")).href;
  const entry = join(__dirname, "daemon.ts");
  const options = ["--directory", paths.directory, "--moto", motoServer, "--port", String(port)];
  if (programs !== undefined) options.push("--kubernetes", JSON.stringify(searchOf(programs)));
  const daemon = spawn(process.execPath, ["--import", loader, entry, ...options], {
    // The paths of tsconfig.json are found from here, and no folder of the caller's is kept busy.
    cwd: join(__dirname, "..", ".."),
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  daemon.unref();
  return daemon;
}

/** What a command line may show: where to look, and nothing else of the environment. */
function searchOf({ env, home }: Pick<Host, "env" | "home">): Pick<Host, "env" | "home"> {
  const { PATH, KUBEBUILDER_ASSETS, FLIGHTDECK_CACHE_DIR, XDG_CACHE_HOME } = env;
  return { env: { PATH, KUBEBUILDER_ASSETS, FLIGHTDECK_CACHE_DIR, XDG_CACHE_HOME }, home };
}

async function untilReady(
  paths: SandboxPaths,
  daemon: ChildProcess | undefined,
  { timeoutMs = 90_000 }: StartSandboxOptions,
): Promise<Health> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const health = await findRunning(paths);
    if (health?.status === "ready") return health;
    // Another daemon has the folder: it is that one that will answer.
    const code = daemon?.exitCode ?? null;
    if (code !== null && code !== EXIT_ANOTHER_RUNS) throw startFailed(paths, `ended with exit code ${code}`);
    if (daemon !== undefined && daemon.signalCode !== null)
      throw startFailed(paths, `was ended by ${daemon.signalCode}`);
    await delay(50);
  }
  throw startFailed(paths, `did not answer within ${timeoutMs / 1000} s`);
}

function startFailed(paths: SandboxPaths, what: string): SandboxError {
  const last = readFileSync(paths.gatewayLog, "utf8").trimEnd().split("\n").slice(-3).join("\n");
  return new SandboxError("SANDBOX_START_FAILED", `The sandbox ${what}. The end of ${paths.gatewayLog}:\n${last}`);
}
