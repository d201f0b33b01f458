import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { PrometheusApi } from "./prometheus-api";

const READY_WITHIN_MS = 30_000;
const SHOWN_LINES = 8;

/** How a Prometheus is started. */
export interface PrometheusServerOptions {
  /** Path of the program. */
  readonly program: string;
  /** Path of its configuration. */
  readonly configuration: string;
  /** Folder of its data; it need not be there. */
  readonly data: string;
  /**
   * Further flags, by name.
   *
   * @default - none
   */
  readonly flags?: Readonly<Record<string, string>>;
}

/** A Prometheus on a free port of the loopback address. */
export class PrometheusServer {
  private constructor(
    readonly address: string,
    private readonly process: ChildProcess,
  ) {}

  /** @throws Error with its last words when it ends or is not ready within half a minute */
  static async start({
    program,
    configuration,
    data,
    flags: further = {},
  }: PrometheusServerOptions): Promise<PrometheusServer> {
    const port = await freePort();
    const flags = {
      "config.file": configuration,
      "storage.tsdb.path": data,
      "storage.tsdb.retention.time": "100y",
      "web.listen-address": `127.0.0.1:${port}`,
      "query.max-samples": "200000000",
      "log.level": "warn",
      ...further,
    };
    const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    const child = spawn(program, [...args, "--web.enable-lifecycle"], { stdio: ["ignore", "pipe", "pipe"] });
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => lines.push(...text.trim().split("\n")));
    }
    const server = new PrometheusServer(`http://127.0.0.1:${port}`, child);
    try {
      await server.becomesReady();
    } catch {
      await server.stop();
      throw new Error(["Prometheus does not start:", ...lines.slice(-SHOWN_LINES)].join("\n"));
    }
    return server;
  }

  /** Its answers. */
  get api(): PrometheusApi {
    return new PrometheusApi(this.address);
  }

  /** Ends it and waits until it is gone. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
  }

  private async becomesReady(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline && this.process.exitCode === null) {
      const ready = await fetch(`${this.address}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return;
      await delay(50);
    }
    throw new Error("not ready");
  }
}

/** A port of the loopback address that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
