import { RequestServiceQuotaIncreaseCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { Flightdeck, type CommandResult } from "../support/flightdeck";

const ENVIRONMENT = "atlas/prod";
const ACCOUNT = "333333333333";

/** A command that preflight prints for a quota that is too small. */
interface Increase {
  readonly service: string;
  readonly quotaCode: string;
  readonly desired: number;
  readonly region: string;
}

const flightdeck = new Flightdeck();
let fresh: CommandResult;
let afterOne: CommandResult;
let afterEvery: CommandResult;

beforeAll(async () => {
  await flightdeck.run("sandbox", "up");
  fresh = await ask();
  const gpus = increasesIn(fresh.output).find(({ quotaCode }) => quotaCode === "L-417A185B");
  if (gpus) await run(gpus);
  afterOne = await ask();
  for (const increase of increasesIn(afterOne.output)) await run(increase);
  afterEvery = await ask();
}, 300_000);

afterAll(async () => {
  await flightdeck.dispose();
}, 60_000);

test("an account with the GPU quota of a new one is refused: the quota, its code, what is needed and there, and the command", () => {
  expect(fresh.exitCode).toBe(1);
  expect(fresh.output).toContain("✘ quota Running On-Demand P instances (ec2 L-417A185B) is not enough");
  expect(fresh.output).toMatch(/needed +768 vCPU/);
  expect(fresh.output).toMatch(/there is +0 vCPU/);
  expect(fresh.output).toContain(
    "aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-417A185B --desired-value 768 --region us-east-1",
  );
});

test("the command that it prints takes the finding away, and no other", () => {
  expect(afterOne.exitCode).toBe(1);
  expect(afterOne.output).not.toContain("✘ quota Running On-Demand P instances");
  expect(increasesIn(afterOne.output)).toHaveLength(increasesIn(fresh.output).length - 1);
});

test("with all of them, nothing stands in the way", () => {
  expect(afterEvery.output).toContain("Nothing stands in the way.");
  expect(afterEvery.exitCode).toBe(0);
});

function ask(): Promise<CommandResult> {
  return flightdeck.run("preflight", ENVIRONMENT, "--sandbox");
}

function increasesIn(output: string): Increase[] {
  const commands = output.matchAll(
    /--service-code (\S+) --quota-code (L-[0-9A-F]+) --desired-value (\d+) --region (\S+)/g,
  );
  return [...commands].map(([, service = "", quotaCode = "", desired, region = ""]) => ({
    service,
    quotaCode,
    desired: Number(desired),
    region,
  }));
}

async function run({ service, quotaCode, desired, region }: Increase): Promise<void> {
  const client = new ServiceQuotasClient({
    endpoint: await flightdeck.endpoint(),
    region,
    credentials: { accessKeyId: `FD-${ACCOUNT}-proof`, secretAccessKey: "sandbox" },
  });
  const request = { ServiceCode: service, QuotaCode: quotaCode, DesiredValue: desired };
  await client.send(new RequestServiceQuotaIncreaseCommand(request));
}
