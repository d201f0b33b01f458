import { Command } from "commander";
import { addPreflight } from "../../cli/commands/preflight";
import type { CliContext } from "../../cli/context";
import type { Connection } from "../../cli/preflight/connect";
import { describeError } from "../../cli/report-error";
import { folderWith, VALID } from "../config/environment-fixture";
import { denied, fakeAws, granting, STACKS } from "../cloning/preflight/fixture";
import { runCli } from "./fake-context";

const root = folderWith({ "config/environments/atlas/dev.yaml": VALID });

/** Runs the command with what it would find outside. */
async function run(args: readonly string[], connection: Connection) {
  const out: string[] = [];
  const line = (text: string) => void out.push(text);
  const output = { line, error: line, raw: line, interactive: false, coloured: false, width: () => 80 };
  const context = { configRoot: root, output } as unknown as CliContext;
  const program = new Command().exitOverride();
  let exitCode = 0;
  addPreflight(program, context, (code) => (exitCode = code), {
    connect: () => Promise.resolve(connection),
    synthesize: () => Promise.resolve(STACKS),
  });
  try {
    await program.parseAsync(["preflight", ...args], { from: "user" });
  } catch (error) {
    const report = describeError(error, false);
    exitCode = report.exitCode;
    out.push(report.text);
  }
  return { exitCode, out: out.join("\n") };
}

const NOBODY: Connection = { kind: "nobody", reason: "there are no credentials for it" };

test("nothing in the way: exit 0, with what was compared", async () => {
  const { exitCode, out } = await run(["atlas/dev"], { kind: "aws", aws: fakeAws() });
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^atlas\/dev in account 111111111111, us-east-1: AWS was asked\.$/m);
  expect(out).toMatch(/^ {2}quota +code +needed +in use +there is$/m);
  expect(out).toMatch(/^✔ All G and VT Spot Instance Requests +ec2 L-3819A6DF +16 vCPU +0 +100000$/m);
  expect(out).toMatch(/^✔ Customer Master Keys \(CMKs\) +kms L-C2F1777E +1 +not measured +100000$/m);
  expect(out).toMatch(/^Nothing stands in the way\.$/m);
});

test("findings: exit 1, a block for each with the command that mends it", async () => {
  const connection: Connection = {
    kind: "sandbox",
    endpoint: "http://127.0.0.1:4566",
    aws: fakeAws({ ...granting({ "spot-g": 4 }), vpcs: denied("ec2:DescribeVpcs") }),
  };
  const { exitCode, out } = await run([], connection);
  expect(exitCode).toBe(1);
  expect(out).toMatch(/: the sandbox at http:\/\/127\.0\.0\.1:4566 was asked\.$/m);
  expect(out).toMatch(/^✘ All G and VT Spot Instance Requests +ec2 L-3819A6DF +16 vCPU +0 +4$/m);
  expect(out.slice(out.indexOf("✘ quota "))).toBe(
    [
      "✘ quota All G and VT Spot Instance Requests (ec2 L-3819A6DF) is not enough",
      "    needed    16 vCPU",
      "              16 for l4 2 × g6.2xlarge (8)",
      "    in use    0 vCPU by others",
      "    there is  4 vCPU",
      "    aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-3819A6DF --desired-value 16 --region us-east-1",
      "",
      "✘ could not be asked: needs ec2:DescribeVpcs",
      "    unknown   the VPCs of the region",
      "    AWS said  AccessDenied: you may not",
      "",
      "2 findings.",
    ].join("\n"),
  );
});

test("without credentials: exit 0, what is needed and what would be asked", async () => {
  const { exitCode, out } = await run(["atlas/dev"], NOBODY);
  expect(exitCode).toBe(0);
  expect(out).toMatch(/: AWS was not asked, there are no credentials for it\.$/m);
  expect(out).toMatch(/^· All G and VT Spot Instance Requests +ec2 L-3819A6DF +16 vCPU +l4 2 × g6\.2xlarge \(8\)$/m);
  expect(out).toMatch(/^With credentials of the account, AWS is asked, and nothing is changed:$/m);
});

test("another account: exit 1, and no quota is said to be enough", async () => {
  const aws = fakeAws({ account: () => Promise.resolve("222222222222") });
  const { exitCode, out } = await run([], { kind: "aws", aws });
  expect(exitCode).toBe(1);
  expect(out).not.toContain("✔");
  expect(out).toContain("✘ the credentials are of another account; nothing else was asked");
});

test("credentials that AWS does not know: exit 2, in one line", async () => {
  const aws = fakeAws({ account: denied("sts:GetCallerIdentity") });
  expect(await run([], { kind: "aws", aws })).toEqual({
    exitCode: 2,
    out: "AWS does not say whose the credentials are (sts:GetCallerIdentity): AccessDenied: you may not",
  });
});

test("a sandbox that has gone: exit 1, in one line", async () => {
  const aws = fakeAws({ account: denied("sts:GetCallerIdentity") });
  expect(await run([], { kind: "sandbox", endpoint: "http://127.0.0.1:4566", aws })).toEqual({
    exitCode: 1,
    out: "The sandbox at http://127.0.0.1:4566 does not answer: AccessDenied: you may not",
  });
});

test("for machines: JSON", async () => {
  const aws = fakeAws(granting({ "spot-g": 4 }));
  const { exitCode, out } = await run(["--json"], { kind: "aws", aws });
  const report = JSON.parse(out) as { quotas: { name: string }[] };
  expect(exitCode).toBe(1);
  expect(report).toMatchObject({
    ...{ environment: "atlas/dev", account: "111111111111", region: "us-east-1", asked: true, target: "aws" },
    findings: [{ kind: "quota" }],
    notes: [expect.stringContaining("secret atlas/dev/observability/alerting is made without a value")],
  });
  expect(report.quotas.find(({ name }) => name === "spot-g")).toEqual({
    ...{ name: "spot-g", service: "ec2", code: "L-3819A6DF", title: "All G and VT Spot Instance Requests" },
    ...{ unit: "vCPU", region: "us-east-1", need: 16, inUse: 0, limit: 4, enough: false },
    parts: [{ what: "l4 2 × g6.2xlarge (8)", amount: 16 }],
  });
});

test("the sandbox makes the state bucket itself", async () => {
  const aws = fakeAws({ name: () => Promise.resolve({ taken: false }) });
  const sandbox: Connection = { kind: "sandbox", endpoint: "http://127.0.0.1:4566", aws };
  expect((await run([], sandbox)).exitCode).toBe(0);
  expect((await run([], { kind: "aws", aws })).exitCode).toBe(1);
});

describe("wrong use ends with 2", () => {
  test.each([
    [["atlas/dve"], 'config/environments: has no environment "atlas/dve" (did you mean "atlas/dev"?)'],
    [["atlas/dev", "--sandbox", "--offline"], "error: option '--sandbox' cannot be used with option '--offline'"],
    [["atlas/dev", "--jsn"], "error: unknown option '--jsn'\n(Did you mean --json?)"],
  ])("%j", async (args, message) => {
    const { exitCode, err } = await runCli(["preflight", ...args], { root });
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });

  test("an address that is not of this machine", async () => {
    const env = { FLIGHTDECK_SANDBOX_ENDPOINT: "https://example.com" };
    expect(await runCli(["preflight", "atlas/dev"], { root, env })).toEqual({
      exitCode: 2,
      out: "",
      err: "FLIGHTDECK_SANDBOX_ENDPOINT must be an address of this machine, as in http://127.0.0.1:4566, without a path, got `https://example.com`\n",
    });
  });
});

test("a sandbox that is asked for and does not run ends with 1", async () => {
  expect(await runCli(["preflight", "atlas/dev", "--sandbox"], { root })).toEqual({
    exitCode: 1,
    out: "",
    err: "The sandbox does not run. Start it with: npx flightdeck sandbox up\n",
  });
});

test("help has an example", async () => {
  const { exitCode, out } = await runCli(["preflight", "--help"]);
  expect(exitCode).toBe(0);
  expect(out).toMatch(/Example:\n {2}npx flightdeck preflight atlas\/prod/);
});
