import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { labelSet } from "../../tools/preview/open-metrics";
import { type Sample, Sink } from "../../tools/preview/world/sink";
import { type Faults, type Target, worldTargets } from "../../tools/preview/world/world";

/** A program of the generated platform, and where it answers. */
export interface ServedTarget {
  readonly target: Target;
  /** `127.0.0.1:<port>`, where `/metrics` is what the program says. */
  readonly address: string;
}

/** Moment of the generated day at which it begins: afternoon, after the canary has come. */
const BEGIN = Date.UTC(2026, 10, 18, 14) / 1000;

/**
 * Serves what the programs of a whole platform say, each on a port of its own, as Prometheus' text format: DCGM, model
 * servers, MLflow, kube-state-metrics, nodes, costs and so on. What is wrong can be changed at any time.
 */
export class GeneratedExporter {
  /** What is wrong on purpose. */
  faults: Faults = {};
  private readonly begun = Date.now();

  private constructor(
    private readonly speed: number,
    private readonly servers: Server[],
    /** All programs. */
    readonly targets: ServedTarget[],
  ) {}

  /** @param speed seconds of the generated platform in one second */
  static async start(speed: number): Promise<GeneratedExporter> {
    const exporter = new GeneratedExporter(speed, [], []);
    for (const target of worldTargets()) exporter.targets.push(await exporter.serve(target));
    return exporter;
  }

  /** Ends all servers. */
  async stop(): Promise<void> {
    for (const server of this.servers) server.closeAllConnections();
    await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  private async serve(target: Target): Promise<ServedTarget> {
    const sink = new Sink();
    let before = this.now();
    const server = createServer((_request, response) => {
      const time = this.now();
      target.tell(sink, { time, elapsed: time - before, hoursAgo: 1 }, this.faults);
      before = time;
      response.setHeader("content-type", "text/plain; version=0.0.4; charset=utf-8");
      response.end(textFormat(sink.take()));
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    this.servers.push(server);
    return { target, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  private now(): number {
    return BEGIN + ((Date.now() - this.begun) / 1000) * this.speed;
  }
}

/** @see https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function textFormat(samples: readonly Sample[]): string {
  return samples.map(({ name, labels, value }) => `${name}${labelSet(labels)} ${value}\n`).join("");
}
