import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { kubeconfig } from "../../cli/sandbox/kubeconfig";
import { loadEnvironment } from "../../config";
import type { Health, SandboxStatus } from "../../sandbox";
import { temporaryFolder } from "../support/temporary-folder";
import { runCli } from "./fake-context";

type Cluster = Health["clusters"][number];

const { account, region } = loadEnvironment(join(__dirname, "..", ".."), "atlas/dev");
const READY: Cluster = {
  account,
  region,
  name: "atlas-dev",
  state: "ready",
  version: "1.36",
  endpoint: "https://127.0.0.1:6443",
  certificateAuthorityFile: "/sandbox/certificate-authority.pem",
  adminKubeconfig: "/sandbox/admin.yaml",
  nodes: [],
  pods: {},
};

const running = (...clusters: Partial<Cluster>[]): SandboxStatus => ({
  running: true,
  directory: "/sandbox",
  uptimeMs: 1,
  health: {
    status: "ready",
    endpoint: "http://127.0.0.1:4566",
    clusters: clusters.map((cluster) => ({ ...READY, ...cluster })),
  } as unknown as Health,
});

test("has help with an example", async () => {
  const { exitCode, out } = await runCli(["sandbox", "kubeconfig", "--help"]);
  expect(exitCode).toBe(0);
  expect(out).toMatch(/Example:\n {2}npx flightdeck sandbox kubeconfig/);
});

describe("the kubeconfig", () => {
  const options = {
    context: "atlas-dev",
    cluster: {
      account,
      region,
      name: "atlas-dev",
      endpoint: "https://127.0.0.1:6443",
      certificateAuthorityFile: "/ca",
    },
    sandboxEndpoint: "http://127.0.0.1:4566",
    virtualEnvironment: "/venv",
  };

  test("gets its tokens from aws, with the sandbox's keys and address whatever the shell has set", () => {
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "/venv/bin/aws",
      args: ["--region", region, "eks", "get-token", "--cluster-name", "atlas-dev", "--output", "json"],
      env: [
        { name: "AWS_ACCESS_KEY_ID", value: `FD-${account}-kubectl` },
        { name: "AWS_SECRET_ACCESS_KEY", value: "sandbox" },
        { name: "AWS_SESSION_TOKEN", value: "" },
        { name: "AWS_ENDPOINT_URL_STS", value: "http://127.0.0.1:4566" },
        { name: "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", value: "false" },
        { name: "NO_PROXY", value: "127.0.0.1,localhost" },
      ],
      interactiveMode: "Never",
    };
    expect(parse(kubeconfig(options))).toEqual({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "atlas-dev", cluster: { server: "https://127.0.0.1:6443", "certificate-authority": "/ca" } }],
      users: [{ name: "atlas-dev", user: { exec } }],
      contexts: [{ name: "atlas-dev", context: { cluster: "atlas-dev", user: "atlas-dev" } }],
      "current-context": "atlas-dev",
    });
  });

  test("assumes a role first when asked to", () => {
    const role = "arn:aws:iam::111111111111:role/viewer";
    const { args } = parse(kubeconfig({ ...options, role })).users[0].user.exec;
    expect(args.slice(-2)).toEqual(["--role-arn", role]);
  });
});

test("the administrator's is that of the control plane, as it is", async () => {
  const adminKubeconfig = join(temporaryFolder(), "admin.yaml");
  writeFileSync(adminKubeconfig, "apiVersion: v1\n");
  const status = running({ name: "other" }, { adminKubeconfig });
  expect(await runCli(["sandbox", "kubeconfig", "--admin"], { status })).toEqual({
    exitCode: 0,
    out: "apiVersion: v1\n",
    err: "",
  });
});

test.each([
  ["sandbox that does not run", undefined, "The sandbox does not run. Start it with: npx flightdeck sandbox up"],
  [
    "environment that is not deployed",
    running({ name: "atlas-prod" }),
    "atlas/dev has no cluster in the sandbox. Deploy it: npx flightdeck sandbox deploy atlas/dev",
  ],
  [
    "sandbox without programs",
    running({ state: "no programs" }),
    "The sandbox has no Kubernetes control plane. Add its programs, then deploy again: npm run sandbox:tools",
  ],
  [
    "control plane that has failed",
    running({ state: "failed", reason: "etcd: port 2379 is taken" }),
    "The control plane of atlas-dev is not ready, it is failed: etcd: port 2379 is taken",
  ],
  [
    "control plane that starts",
    running({ state: "starting", endpoint: undefined }),
    "The control plane of atlas-dev is not ready, it is starting",
  ],
])("a %s ends with 1", async (_, status, message) => {
  const run = await runCli(["sandbox", "kubeconfig", "atlas/dev", "--admin"], { status });
  expect(run).toEqual({ exitCode: 1, out: "", err: `${message}\n` });
});

test.each([
  [
    ["--role", "viewer"],
    "error: option '--role <arn>' argument 'viewer' is invalid. The role must be an ARN as in arn:aws:iam::111111111111:role/atlas-dev-viewer, got `viewer`.",
  ],
  [["--role", "arn:aws:iam::111111111111:role/viewer", "--admin"], "--role and --admin exclude each other."],
])("%j is wrong use", async (args, message) => {
  const run = await runCli(["sandbox", "kubeconfig", "atlas/dev", ...args], { status: running({}) });
  expect(run).toEqual({ exitCode: 2, out: "", err: `${message}\n` });
});
