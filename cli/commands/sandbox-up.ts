import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import type { CliContext } from "../context";
import { startSandbox } from "../sandbox/start-sandbox";

/** `flightdeck sandbox up` */
export function addSandboxUp(sandbox: Command, context: CliContext): void {
  sandbox
    .command("up")
    .description("starts the sandbox, or finds it running")
    .option("--port <port>", "port of the gateway; otherwise that of last time, or a free one", readPort)
    .addHelpText("after", "\nExample:\n  npx flightdeck sandbox up --port 4566")
    .action(async ({ port }: { port?: number }) => {
      const { endpoint, pid } = await startSandbox(context, port);
      context.output.line(`The sandbox answers at ${endpoint} (pid ${pid}).`);
      context.output.line("Next: npx flightdeck sandbox deploy");
    });
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1024 && port <= 65535) return port;
  throw new InvalidArgumentError(`The port must be a number from 1024 to 65535, got \`${text}\`.`);
}
