import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CallRecord, ClusterHealth, SandboxStatus } from "../../sandbox";
import { runCli } from "./fake-context";
import { temporaryFolder } from "../support/temporary-folder";

const RUNNING: Extract<SandboxStatus, { running: true }> = {
  running: true,
  directory: "/sandbox",
  uptimeMs: 1,
  health: {
    status: "ready",
    pid: 42,
    directory: "/sandbox",
    endpoint: "http://127.0.0.1:4566",
    startedAt: "2026-11-21T10:00:00Z",
    moto: { pid: 43, port: 5000, restarts: 1, lastReplay: {} as never },
    journal: { effective: 7 },
    calls: { total: 9, last: 9 },
    leases: [
      { environment: "atlas/dev", pid: 77, user: "ada", host: "workstation", startedAt: "2026-11-21T10:04:00Z" },
    ],
    accounts: [{ account: "111111111111", principals: { "atlas-dev-network": 7 } }],
    clusters: [],
  },
};

const CLUSTER: ClusterHealth = {
  account: "111111111111",
  region: "us-east-1",
  name: "atlas-dev",
  state: "ready",
  version: "1.35",
  servedVersion: "1.36.3",
  endpoint: "https://127.0.0.1:6443",
  reason: "the API server is 1.36.3, the cluster says 1.35",
  nodes: [
    { pool: "system", instanceType: "m7i.large", count: 2, ready: 2, gpus: {} },
    { pool: "train", instanceType: "g6.12xlarge", count: 1, ready: 0, gpus: { "nvidia.com/gpu": 4 } },
  ],
  pods: { running: 12, pending: 1 },
};

function call(id: number, principal: string, account: string): CallRecord {
  const action = { service: "ec2", action: "CreateVpc", actions: ["ec2:CreateVpc"], resources: [], status: 200, ms: 1 };
  return { id, principal, account, region: "us-east-1", time: "2026-11-21T10:00:00Z", ...action };
}

describe("wrong use ends with 2 and says what is right", () => {
  test.each([
    [
      ["sandbox", "deploy", "--layers", "network,,data"],
      "error: option '--layers <names>' argument 'network,,data' is invalid. Layers are names with commas between them, as in network,data; got `network,,data`.",
    ],
    [
      ["sandbox", "up", "--port", "80"],
      "error: option '--port <port>' argument '80' is invalid. The port must be a number from 1024 to 65535, got `80`.",
    ],
    [
      ["sandbox", "calls", "--since", "yesterday"],
      "error: option '--since <id>' argument 'yesterday' is invalid. The id must be a whole number from 0, got `yesterday`.",
    ],
    [
      ["sandbox", "deploy", "atlas/dev", "--layers", "netwrok"],
      "--layers must name layers of the environment (network, data, cluster, controllers, observability), got `netwrok`",
    ],
    [["sandbx"], "error: unknown command 'sandbx'\n(Did you mean sandbox?)"],
    [["sandbox", "deploy", "--layer", "network"], "error: unknown option '--layer'\n(Did you mean --layers?)"],
    [["config", "show"], "error: missing required argument 'environment'"],
    [["config", "check", "nowhere.yaml"], "There is no file `nowhere.yaml`."],
    [
      ["config", "check", "package.json"],
      "An environment is a file config/environments/<project>/<stage>.yaml, got `package.json`.",
    ],
  ])("%j", async (args, message) => {
    expect(await runCli(args)).toEqual({ exitCode: 2, out: "", err: `${message}\n` });
  });

  test("an environment that does not exist is refused with the nearest one and all there are", async () => {
    const { exitCode, err } = await runCli(["sandbox", "deploy", "atlas/dve"]);
    expect(exitCode).toBe(2);
    expect(err).toBe(
      'config/environments: has no environment "atlas/dve" (did you mean "atlas/dev"?); allowed: atlas/dev, atlas/prod, atlas/staging\n',
    );
  });

  test("without a single environment of stage dev one must be named", async () => {
    const root = temporaryFolder();
    for (const project of ["atlas", "zephyr"]) {
      mkdirSync(join(root, "config", "environments", project), { recursive: true });
      writeFileSync(join(root, "config", "environments", project, "dev.yaml"), "");
    }
    expect(await runCli(["sandbox", "deploy"], { root })).toEqual({
      exitCode: 2,
      out: "",
      err: "Name an environment: atlas/dev, zephyr/dev.\n",
    });
  });
});

describe("every command has help with an example", () => {
  test.each([
    ["doctor"],
    ["config", "check"],
    ["config", "show"],
    ["sandbox", "up"],
    ["sandbox", "deploy"],
    ["sandbox", "destroy"],
    ["sandbox", "status"],
    ["sandbox", "down"],
    ["sandbox", "env"],
    ["sandbox", "calls"],
  ])("%s %s", async (...words) => {
    const { exitCode, out } = await runCli([...words, "--help"]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(new RegExp(`Example:\\n  .*flightdeck ${words.join(" ")}`));
  });
});

describe("a missing tool ends in one line, before anything is started", () => {
  test.each([["sandbox deploy atlas/dev"], ["setup"]])("Terraform: %s", async (command) => {
    expect(await runCli(command.split(" "))).toEqual({
      exitCode: 2,
      out: "",
      err: "neither `terraform` nor `tofu` is on the PATH: Flightdeck needs one of them, 1.10 or later. Install it: see https://developer.hashicorp.com/terraform/install\n",
    });
  });

  test("Python", async () => {
    expect(await runCli(["sandbox", "up"])).toEqual({
      exitCode: 2,
      out: "",
      err: "`python3` is not on the PATH: the sandbox needs Python 3.10 or later with venv. Install it: see https://www.python.org/downloads\n",
    });
  });
});

describe("sandbox status", () => {
  test("says where it runs, since when, and what is in it", async () => {
    expect(await runCli(["sandbox", "status"], { status: RUNNING })).toEqual({
      exitCode: 0,
      err: "",
      out: [
        "The sandbox answers at http://127.0.0.1:4566 (pid 42), up for 5m 00s.",
        "It has answered 9 calls; moto was restarted 1 times.",
        "  account 111111111111, recorded changes by stack: atlas-dev-network 7",
        "  atlas/dev is being deployed by ada (pid 77)",
        "Its files are in /sandbox",
        "",
      ].join("\n"),
    });
  });

  test.each<[string, Partial<ClusterHealth>, string[]]>([
    [
      "nodes by pool with their GPUs, and pods",
      {},
      [
        "  cluster atlas-dev of account 111111111111: ready at https://127.0.0.1:6443 (the API server is 1.36.3, the cluster says 1.35)",
        "    pool system  m7i.large    2 nodes",
        "    pool train   g6.12xlarge  1 node, 0 ready  nvidia.com/gpu 4",
        "    pods: 12 running, 1 pending",
      ],
    ],
    [
      "that its programs are missing",
      { state: "no programs", endpoint: undefined, reason: undefined },
      [
        "  cluster atlas-dev of account 111111111111: no control plane (`npm run sandbox:tools` puts its programs in place)",
      ],
    ],
    [
      "why its control plane does not start",
      { state: "failed", endpoint: undefined, reason: "etcd ended" },
      ["  cluster atlas-dev of account 111111111111: its control plane does not start (etcd ended)"],
    ],
    [
      "that it starts",
      { state: "starting", endpoint: undefined, reason: undefined },
      ["  cluster atlas-dev of account 111111111111: its control plane is starting"],
    ],
    [
      "that it is empty",
      { nodes: [], pods: {}, reason: undefined },
      ["  cluster atlas-dev of account 111111111111: ready at https://127.0.0.1:6443", "    pods: none"],
    ],
  ])("says of a cluster: %s", async (_, change, lines) => {
    const status = { ...RUNNING, health: { ...RUNNING.health, clusters: [{ ...CLUSTER, ...change }] } };
    const { out } = await runCli(["sandbox", "status"], { status });
    expect(out.split("\n").filter((line) => /cluster |pool |pods:/.test(line))).toEqual(lines);
  });

  test("ends with 1 when it does not run", async () => {
    expect(await runCli(["sandbox", "status"])).toEqual({
      exitCode: 1,
      err: "",
      out: "The sandbox does not run. Start it with: npx flightdeck sandbox up\n",
    });
  });

  test("is JSON for machines", async () => {
    const { out } = await runCli(["sandbox", "status", "--json"], { status: RUNNING });
    expect(JSON.parse(out)).toEqual(RUNNING);
  });
});

describe("sandbox calls", () => {
  const calls = [call(1, "atlas-dev-network", "111111111111"), call(2, "atlas-prod-network", "333333333333")];

  test("is one JSON object per line, of one environment when asked", async () => {
    const { out } = await runCli(["sandbox", "calls", "--environment", "atlas/dev"], { status: RUNNING, calls });
    expect(out).toBe(`${JSON.stringify(calls[0])}\n`);
  });

  test("starts after the id given", async () => {
    const { out } = await runCli(["sandbox", "calls", "--since", "1"], { status: RUNNING, calls });
    expect(out).toBe(`${JSON.stringify(calls[1])}\n`);
  });

  test("makes no policy over several accounts", async () => {
    expect(await runCli(["sandbox", "calls", "--policy"], { status: RUNNING, calls })).toEqual({
      exitCode: 2,
      out: "",
      err: "A policy is for one account, and these calls are of 111111111111, 333333333333: choose with --environment.\n",
    });
  });

  test("needs a sandbox that runs", async () => {
    expect(await runCli(["sandbox", "calls"])).toEqual({
      exitCode: 1,
      out: "",
      err: "The sandbox does not run. Start it with: npx flightdeck sandbox up\n",
    });
  });
});

test("an unexpected error is one line, and says how to see the rest", async () => {
  const env = { FLIGHTDECK_PROVIDER_MIRROR: "" };
  const { exitCode, err } = await runCli(["sandbox", "up"], {
    env: { ...env, PATH: process.env.PATH ?? "", FLIGHTDECK_CACHE_DIR: "/dev/null" },
  });
  expect(exitCode).toBe(1);
  expect(err).toMatch(/^Unexpected error: .*\nRun again with FLIGHTDECK_DEBUG=1 to see where it comes from\.\n$/);
});

test("destroying a protected environment is refused with the place of the setting", async () => {
  expect(await runCli(["sandbox", "destroy", "atlas/prod"])).toEqual({
    exitCode: 1,
    out: "",
    err:
      "atlas/prod is protected: `protection.deletion` is true (stage defaults). To destroy it, set it to false in " +
      "config/environments/atlas/prod.yaml and deploy that; then destroy.\n",
  });
});
