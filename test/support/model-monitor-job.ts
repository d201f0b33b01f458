import { writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { MotoProcess } from "../../sandbox/moto/moto-process";
import { cacheFolder, checkPython, ensureVirtualEnvironment } from "../../toolchain";
import { type CommandResult, runCommand } from "../../toolchain/run-command";
import { freePort } from "../../tools/preview/prometheus-server";
import { provenPrograms } from "./monitoring-programs";
import { motoServer } from "./moto";
import { ROOT } from "./platform";
import { RunningProgram } from "./running-program";
import { temporaryFolder } from "./temporary-folder";

const IMAGE = join(ROOT, "images/model-monitor");
const PATIENCE_MS = 900_000;

/** moto looks for a signature, and does not check it. */
const ANYBODY = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

/** One series of a push gateway. */
export interface PushedSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The job of `images/model-monitor` with its packages, an S3 to read from and write to, and a real push gateway. */
export class ModelMonitorJob {
  private readonly folder = temporaryFolder();

  private constructor(
    private readonly python: string,
    private readonly moto: MotoProcess,
    private readonly gateway: RunningProgram,
    /** Address of the push gateway. */
    readonly gatewayUrl: string,
  ) {}

  /** Installs the pinned packages where they are not there yet, and starts the servers. */
  static async start(): Promise<ModelMonitorJob> {
    const python = await packages();
    const moto = new MotoProcess({ program: motoServer(), logFile: join(temporaryFolder(), "moto.log") });
    await moto.start();
    const { pushgateway } = await provenPrograms();
    const address = `127.0.0.1:${await freePort()}`;
    const url = `http://${address}`;
    const gateway = await RunningProgram.start(pushgateway, [`--web.listen-address=${address}`], `${url}/-/ready`);
    return new ModelMonitorJob(python, moto, gateway, url);
  }

  async stop(): Promise<void> {
    await this.gateway.stop();
    await this.moto.stop();
  }

  /** Makes a bucket. */
  async makeBucket(name: string): Promise<void> {
    await this.s3(`/${name}`, "PUT");
  }

  /** Keys of a bucket under a prefix. */
  async keys(bucket: string, prefix: string): Promise<readonly string[]> {
    const listing = await this.s3(`/${bucket}?list-type=2&prefix=${encodeURIComponent(prefix)}`);
    return [...listing.matchAll(/<Key>([^<]+)</g)].map(([, key]) => key ?? "");
  }

  /** Text of an object. */
  object(bucket: string, key: string): Promise<string> {
    return this.s3(`/${bucket}/${key}`);
  }

  /** Runs a Python module of the image's folder. */
  module(name: string, ...args: readonly string[]): Promise<CommandResult> {
    return runCommand(this.python, ["-m", name, ...args], {
      cwd: IMAGE,
      timeoutMs: PATIENCE_MS,
      // What the pod has too, and credentials that the pod gets from EKS.
      env: {
        ...{ PATH: "/usr/bin:/bin", HOME: this.folder, PYTHONDONTWRITEBYTECODE: "1", AWS_REGION: "eu-central-1" },
        ...{ AWS_DEFAULT_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
        ...{ AWS_ENDPOINT_URL: this.s3Url, AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" },
      },
    });
  }

  /** Runs the job with a configuration for a day. */
  run(config: string, day: string): Promise<CommandResult> {
    const file = join(this.folder, "config.json");
    writeFileSync(file, config);
    return this.module("model_monitor", file, "--date", day);
  }

  /** What the push gateway shows Prometheus about a model. */
  async pushed(model: string): Promise<readonly PushedSeries[]> {
    const text = await (await fetch(`${this.gatewayUrl}/metrics`)).text();
    const lines = text.split("\n").filter((line) => line.startsWith("flightdeck_"));
    return lines.map(seriesOf).filter(({ labels }) => labels["model"] === model);
  }

  private get s3Url(): string {
    return `http://127.0.0.1:${this.moto.port}`;
  }

  private async s3(path: string, method = "GET"): Promise<string> {
    const answer = await fetch(`${this.s3Url}${path}`, { method, headers: { authorization: ANYBODY } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text;
  }
}

async function packages(): Promise<string> {
  const host = { env: process.env, home: homedir(), platform: process.platform, arch: process.arch };
  const { tool: python, detail } = await checkPython(host);
  if (!python) throw new Error(detail);
  const options = { cacheFolder: cacheFolder(host), requirementsFile: join(IMAGE, "requirements.txt") };
  return (await ensureVirtualEnvironment({ ...options, python, env: process.env, timeoutMs: PATIENCE_MS })).python;
}

function seriesOf(line: string): PushedSeries {
  const [, name = "", braced = "", value = ""] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  const labels = [...braced.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = "", text = ""]) => [key, text]);
  return { name, labels: Object.fromEntries(labels) as Record<string, string>, value: Number(value) };
}
