import { spawn, type ChildProcess } from "node:child_process";
import { until } from "./until";

/** A program that runs until it is told to end. */
export class RunningProgram {
  private constructor(
    private readonly process: ChildProcess,
    private readonly lines: string[],
  ) {}

  /**
   * Starts a program and waits until an address of it answers.
   *
   * @throws Error with its last words when it does not
   */
  static async start(file: string, args: readonly string[], ready: string): Promise<RunningProgram> {
    const child = spawn(file, [...args], { stdio: ["ignore", "pipe", "pipe"] });
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => lines.push(text));
    }
    const program = new RunningProgram(child, lines);
    try {
      await Promise.race([
        until(`${ready} answers`, async () => ((await fetch(ready)).ok ? true : undefined), 30_000),
        new Promise((_, reject) => child.once("exit", (code) => reject(new Error(`it ended with ${code}`)))),
      ]);
    } catch (error) {
      await program.stop();
      throw new Error(`${file} does not start:\n${program.said()}`, { cause: error });
    }
    return program;
  }

  /** Its last words. */
  said(): string {
    return this.lines.join("").split("\n").slice(-15).join("\n");
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
  }
}
