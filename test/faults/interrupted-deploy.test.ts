import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { loadEnvironment } from "../../config";
import { inventory } from "../support/aws-inventory";
import { Flightdeck, ROOT, type CommandResult, WITHOUT_KUBERNETES } from "../support/flightdeck";

const flightdeck = new Flightdeck(WITHOUT_KUBERNETES);
const DEPLOY = ["sandbox", "deploy", "atlas/dev", "--layers", "network"] as const;

afterAll(() => flightdeck.dispose(), 60_000);

describe("a port that is taken", () => {
  const server = createServer();
  let port: number;
  let refused: CommandResult;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as { port: number }).port;
    refused = await flightdeck.run("sandbox", "up", "--port", String(port));
  }, 60_000);

  afterAll(() => server.close());

  test("is named, with what to do, and nothing is left running", async () => {
    expect(refused.output).toContain(
      `Port ${port} on 127.0.0.1 is taken by another process. End that process, or choose another port with \`--port\``,
    );
    expect(refused.exitCode).toBe(1);
    expect((await flightdeck.run("sandbox", "status")).exitCode).toBe(1);
  }, 30_000);
});

describe("Ctrl-C in the middle of an apply", () => {
  let interrupted: CommandResult;
  let next: CommandResult;

  beforeAll(async () => {
    const deploy = flightdeck.start(...DEPLOY);
    await output(deploy.process, "creating aws_vpc.");
    await sleep(1000);
    deploy.process.kill("SIGINT");
    interrupted = await deploy.ended;
    next = await flightdeck.run(...DEPLOY);
  }, 300_000);

  test("lets Terraform end what is under way, and says so", () => {
    expect(interrupted.output).toContain(
      "Stopping: Terraform ends what is under way, saves its state and gives its lock back.",
    );
    expect(interrupted.exitCode).toBe(1);
    expect(interrupted.output).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  });

  test("leaves a state that the next deploy goes on from, with nothing twice", async () => {
    expect({ exitCode: next.exitCode, output: next.exitCode === 0 ? "" : next.output }).toEqual({
      exitCode: 0,
      output: "",
    });
    expect(next.output).not.toContain("An earlier run was cut off");
    const { account, region, state, network } = loadEnvironment(ROOT, "atlas/dev");
    const endpoint = await flightdeck.endpoint();
    const found = await inventory({ endpoint, account, region, stateBucket: state.bucket });
    expect(found["vpcs"]).toHaveLength(1);
    expect(found["subnets"]).toHaveLength(3 * network.zones.length);
  }, 60_000);
});

function output(process: { stdout: NodeJS.ReadableStream | null }, text: string): Promise<void> {
  let seen = "";
  return new Promise((resolve) => {
    process.stdout?.on("data", (chunk: Buffer) => {
      seen += chunk.toString("utf8");
      if (seen.includes(text)) resolve();
    });
  });
}
