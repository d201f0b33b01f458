import { mkdirSync, statSync, truncateSync } from "node:fs";
import { parseArgs } from "node:util";
import { join } from "node:path";
import { sandboxPrograms } from "../../catalog";
import type { Host } from "../../toolchain";
import { localRuntime, type KubernetesRuntime } from "../clusters";
import { createEksService } from "../eks";
import { SandboxError } from "../errors";
import { Gateway } from "../gateway/gateway";
import { MotoProcess } from "../moto/moto-process";
import { releaseDaemonLock, takeDaemonLock } from "./daemon-lock";
import { readGatewayState, writeGatewayState } from "./gateway-state";
import { endLeftoverMoto } from "./leftover-moto";
import type { SandboxPaths } from "./sandbox-paths";
import { sandboxPaths } from "./sandbox-paths";

/** Exit code of a daemon that found another one in its folder. */
export const EXIT_ANOTHER_RUNS = 3;
const LOG_LIMIT = 32 * 1024 * 1024;

/** Standard output is the gateway's log. */
function log(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      directory: { type: "string" },
      moto: { type: "string" },
      port: { type: "string", default: "0" },
      // Where programs of control planes are looked for, as JSON; without it clusters have none.
      kubernetes: { type: "string" },
    },
  });
  const paths = sandboxPaths(values.directory ?? "");
  mkdirSync(paths.directory, { recursive: true });
  if (!(await takeDaemonLock(paths.lock))) return EXIT_ANOTHER_RUNS;
  try {
    if (endLeftoverMoto(readGatewayState(paths.state))) log("ended the moto of a gateway that died");
    shorten(paths.motoLog);
    const kubernetes = values.kubernetes === undefined ? undefined : runtimeOn(values.kubernetes);
    await serve(paths, { motoProgram: values.moto ?? "", port: Number(values.port), kubernetes });
    return 0;
  } catch (error) {
    log(error instanceof SandboxError ? error.message : String(error));
    return 1;
  } finally {
    releaseDaemonLock(paths.lock);
  }
}

interface Serving {
  readonly motoProgram: string;
  readonly port: number;
  readonly kubernetes: KubernetesRuntime | undefined;
}

/** @param search what of the caller's surroundings says where programs are, see `StartSandboxOptions.programs` */
function runtimeOn(search: string): KubernetesRuntime {
  const { platform, arch } = process;
  const host: Host = { ...(JSON.parse(search) as Pick<Host, "env" | "home">), platform, arch };
  return localRuntime({ host, pins: sandboxPrograms, moduleFolder: join(__dirname, "..", "..", "tools") });
}

/** Serves until it is told to end. */
async function serve(paths: SandboxPaths, { motoProgram, port, kubernetes }: Serving): Promise<void> {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, end);
  const moto = new MotoProcess({ program: motoProgram, logFile: paths.motoLog });
  const remember = (gatewayPort: number, startedAt: string) =>
    writeGatewayState(paths.state, {
      pid: process.pid,
      port: gatewayPort,
      motoPid: moto.pid,
      motoPort: moto.port,
      startedAt,
    });
  const gateway = await Gateway.start({
    ...{ directory: paths.directory, moto, eks: createEksService(), kubernetes, port, log },
    onShutdown: end,
    onMotoStarted: (health) => remember(Number(new URL(health.endpoint).port), health.startedAt),
  });
  log(`serving at ${gateway.endpoint}`);
  await ended;
  log("ending");
  await gateway.close();
}

function shorten(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT) truncateSync(file, 0);
}

void main().then((code) => process.exit(code));
