import { homedir } from "node:os";
import { resolve } from "node:path";
import type { CliContext, Output } from "./context";
import { describeError } from "./report-error";
import { buildProgram } from "./program";
import { localSandbox } from "./sandbox/local-sandbox";

/** A second Ctrl-C this soon is the first one again: npm passes on to its child what the terminal has sent to both. */
const SAME_INTERRUPT_MS = 700;

/** Runs the command line and returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { env } = process;
  const context = processContext();
  try {
    let exitCode = 0;
    await buildProgram(context, (code) => (exitCode = code)).parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    const { exitCode, text } = describeError(error, env.FLIGHTDECK_DEBUG === "1");
    if (text !== "") context.output.error(text);
    return exitCode;
  }
}

function processContext(): CliContext {
  const { env, platform, arch } = process;
  const root = resolve(__dirname, "..");
  const host = { env, home: homedir(), platform, arch };
  return {
    root,
    configRoot: resolve(root, env.FLIGHTDECK_CONFIG_ROOT || root),
    cwd: process.cwd(),
    host,
    nodeVersion: process.versions.node,
    output: processOutput(),
    sandbox: localSandbox(root, host, env.FLIGHTDECK_SANDBOX_DIR),
    now: Date.now,
    onInterrupt,
  };
}

function processOutput(): Output {
  const { stdout, stderr, env } = process;
  // The reader of a pipe may have gone, as `head` does: what is left to print is of no use then.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const interactive = stdout.isTTY && env.TERM !== "dumb" && !env.CI;
  return {
    line: (text) => stdout.write(`${text}\n`),
    error: (text) => stderr.write(`${text}\n`),
    raw: (text) => stdout.write(text),
    interactive,
    coloured: stdout.isTTY && !env.NO_COLOR && env.TERM !== "dumb",
    width: () => stdout.columns || 80,
  };
}

function onInterrupt(handler: (times: number) => void): () => void {
  let times = 0;
  let last = 0;
  const listener = (): void => {
    const now = Date.now();
    if (now - last < SAME_INTERRUPT_MS) return;
    last = now;
    handler(++times);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  signals.forEach((signal) => process.on(signal, listener));
  return () => {
    signals.forEach((signal) => process.off(signal, listener));
  };
}
