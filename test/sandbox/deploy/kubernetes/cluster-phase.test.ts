import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { ClusterHealth } from "../../../../sandbox/clusters/cluster-health";
import type { DeployEvent } from "../../../../sandbox/deploy/deploy-event";
import { deployEnvironment } from "../../../../sandbox/deploy/deploy-environment";
import { destroyEnvironment } from "../../../../sandbox/deploy/destroy-environment";
import type { DeployOptions, DeployOutcome } from "../../../../sandbox/deploy/deploy-options";
import type { RenderedStacks } from "../../../../sandbox/deploy/kubernetes/rendered-stacks";
import { SandboxError } from "../../../../sandbox/errors";
import { temporaryFolder } from "../../../support/temporary-folder";
import { startFakeApiServer, status } from "../../kubernetes/fake-api-server";
import type { FakeApiServer } from "../../kubernetes/fake-api-server";

const PIN = { registry: "registry.terraform.io", name: "hashicorp/aws", version: "5.100.0", constraints: ">= 5.100.0" };
const STACKS = [
  { id: "x-dev-cluster", layer: "cluster", needs: [] },
  { id: "x-dev-controllers", layer: "controllers", needs: ["cluster"], onCluster: true },
];
const EXEC = { args: ["--cluster-name", "x", "--region", "us-east-1"] };
const ROLE = { aws_iam_role: { R: {} } };
const SETTINGS = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings", namespace: "team" } };
const RENDERED: RenderedStacks = {
  objects: [{ stack: "x-dev-controllers", address: "a.b", level: 0, hooks: [], references: [], object: SETTINGS }],
  charts: [{ address: "helm_release.Keda", chart: "keda", version: "2.0.0", reason: "x.io cannot be reached" }],
  problems: [],
};

/** A state whose server goes in the middle of its answer. */
const CUT = Symbol();

let api: FakeApiServer;
let stored: Map<string, unknown>;
let gateway: Server;
let states: Map<string, unknown>;
beforeAll(async () => {
  api = await startFakeApiServer((app) => {
    app.get("/api/v1", () => ({
      resources: [
        { name: "namespaces", kind: "Namespace", namespaced: false },
        { name: "configmaps", kind: "ConfigMap", namespaced: true },
      ],
    }));
    app.get("/api/v1/namespaces/kube-system", () => ({ metadata: { name: "kube-system", uid: "u" } }));
    app.get(
      "/api/v1/namespaces/team/configmaps/settings",
      ({ url }, reply) => stored.get(url) ?? reply.code(404).send(status(404, "NotFound", "none")),
    );
    app.patch("/api/v1/namespaces/team/configmaps/settings", ({ url, body }) => {
      const managedFields = [{ manager: "flightdeck", operation: "Apply" }];
      const { metadata } = body as typeof SETTINGS;
      const object = { ...(body as object), metadata: { ...metadata, managedFields } };
      if (!url.includes("dryRun")) stored.set(url.split("?")[0] ?? "", object);
      return object;
    });
    app.delete("/api/v1/namespaces/team/configmaps/settings", ({ url }) => stored.delete(url) && { status: "Success" });
  });
  gateway = createServer(({ url = "" }, response) => {
    const state = states.get(url.replace("/states/", ""));
    if (state === CUT) return void response.destroy();
    response.writeHead(state === undefined ? 404 : 200).end(JSON.stringify(state));
  });
  await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  gateway.close();
  await api.close();
});

let root: string;
let events: DeployEvent[];
let json: object;
beforeEach(() => {
  root = temporaryFolder();
  events = [];
  stored = new Map();
  states = new Map();
  json = { provider: { kubernetes: [{ exec: [EXEC] }] }, resource: {} };
  mkdirSync(join(root, "node_modules", ".bin"), { recursive: true });
  script("node_modules/.bin/cdktf", `echo "$@" | sed 's/ --output.*//' >> '${root}/cdktf-calls'`);
  script(
    "terraform",
    `echo "$@" >> '${root}/terraform-calls'`,
    'case "$1" in apply) echo "Apply complete! Resources: 2 added, 0 changed, 0 destroyed.";; destroy) echo "Destroy complete! Resources: 2 destroyed.";; esac',
  );
  const kubeconfig = {
    clusters: [
      {
        cluster: {
          server: api.connection.server,
          "certificate-authority-data": base64(api.connection.certificateAuthority),
        },
      },
    ],
    users: [{ user: {} }],
  };
  writeFileSync(join(root, "kubeconfig"), JSON.stringify(kubeconfig));
});

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function script(name: string, ...lines: string[]): void {
  writeFileSync(join(root, name), ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(join(root, name), 0o755);
}

function calls(program: string): string[] {
  const file = join(root, `${program}-calls`);
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

function cluster(changes: Partial<ClusterHealth> = {}): ClusterHealth {
  const place = { account: "111111111111", region: "us-east-1", name: "x", version: "1.36" };
  return { ...place, state: "ready", adminKubeconfig: join(root, "kubeconfig"), nodes: [], pods: {}, ...changes };
}

interface World {
  readonly clusters?: () => Promise<readonly ClusterHealth[]>;
  readonly releaseLease?: () => Promise<void>;
  readonly health?: ClusterHealth;
  readonly atHand?: boolean;
  readonly rendered?: RenderedStacks;
  readonly layers?: readonly string[];
}

function run(
  verb: "deploy" | "destroy",
  { health = cluster(), atHand = false, rendered = RENDERED, layers, ...world }: World = {},
): Promise<DeployOutcome> {
  const folder = join(root, "sandbox", "cdktf.out", "stacks", "x-dev-controllers");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json));
  const nothing = () => Promise.resolve();
  const options: DeployOptions = {
    stacks: STACKS,
    layers,
    holder: { environment: "x/dev", pid: process.pid, user: "ada", host: "here", startedAt: "2026-11-21T10:00:00Z" },
    state: { account: "111111111111", region: "us-east-1", bucket: "states" },
    endpoint: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
    sandboxFolder: join(root, "sandbox"),
    projectFolder: root,
    env: { PATH: process.env.PATH },
    terraformBinary: join(root, "terraform"),
    provider: PIN,
    kubernetes: {
      providers: [{ ...PIN, name: "hashicorp/kubernetes", version: "2.38.0" }],
      providersAtHand: () => Promise.resolve(atHand),
      render: () => Promise.resolve(rendered),
    },
    control: {
      takeLease: nothing,
      releaseLease: world.releaseLease ?? nothing,
      recover: () => Promise.resolve({ stacks: [] }),
      ensureStateBucket: nothing,
      reconcileClusters: world.clusters ?? (() => Promise.resolve([health])),
    },
    onEvent: (event) => events.push(event),
    onInterrupt: () => () => undefined,
  };
  return (verb === "deploy" ? deployEnvironment : destroyEnvironment)(options);
}

function notes(): string[] {
  return events.flatMap((event) => (event.type === "note" ? [event.text] : []));
}

function ends({ stacks }: DeployOutcome): string[] {
  return stacks.map(({ status: end }) => end);
}

const TOGETHER = "--auto-approve --skip-provider-lock";
/** cdktf would run a part of the stacks without their order, and in a destroy the first one over and over. */
const ALONE = `${TOGETHER} --ignore-missing-stack-dependencies --parallelism 1 --skip-synth`;

test("with the providers at hand, cdktf deploys the cluster first and then what is on it", async () => {
  const outcome = await run("deploy", { atHand: true });
  expect(outcome.status).toBe("done");
  expect(calls("cdktf")).toEqual([`deploy x-dev-cluster ${TOGETHER}`, `deploy x-dev-controllers ${ALONE}`]);
  const lock = join(root, "sandbox", "cdktf.out", "stacks", "x-dev-controllers", ".terraform.lock.hcl");
  expect(readFileSync(lock, "utf8")).toContain("hashicorp/kubernetes");
});

test("without them, objects are applied, and a second time nothing changes", async () => {
  const outcome = await run("deploy");
  expect([outcome.status, ends(outcome)]).toEqual(["done", ["not reached", "changed"]]);
  expect(notes()).toEqual([
    "Terraform cannot have the Kubernetes and Helm providers here: the objects of controllers are applied by server-side apply instead.",
    "x-dev-controllers: charts not applied: keda 2.0.0 (x.io cannot be reached)",
  ]);
  expect([...stored.keys()]).toEqual(["/api/v1/namespaces/team/configmaps/settings"]);
  expect(ends(await run("deploy"))).toEqual(["not reached", "unchanged"]);
  expect(calls("terraform")).toEqual([]);
});

test("what a stack has of AWS is deployed by Terraform, and counted", async () => {
  json = { ...json, resource: { ...ROLE, helm_release: { H: {} } } };
  const outcome = await run("deploy");
  expect(outcome.status).toBe("done");
  expect(calls("terraform")).toEqual(["init -input=false -no-color", "apply -auto-approve -input=false -no-color"]);
  const part = join(root, "sandbox", "aws-parts", "x-dev-controllers", "cdk.tf.json");
  expect((JSON.parse(readFileSync(part, "utf8")) as { resource: unknown }).resource).toEqual(ROLE);
  expect(events.filter(({ type }) => type === "applied")).toMatchObject([
    { type: "applied", stack: "x-dev-controllers", add: 3, change: 0, destroy: 0 },
  ]);
});

test("a Terraform that fails stops before any object, with what it said", async () => {
  json = { ...json, resource: ROLE };
  script("terraform", "echo '╷'", "echo '│ Error: no role'", "echo '╵'", "exit 1");
  const outcome = await run("deploy");
  expect(outcome).toMatchObject({ status: "failed", errors: [{ stack: "x-dev-controllers" }] });
  expect(outcome.errors[0]?.text).toContain("no role");
  expect(stored.size).toBe(0);
});

test("without programs of a control plane only the AWS layers are deployed, and one line says what adds the rest", async () => {
  const outcome = await run("deploy", { health: cluster({ state: "no programs", adminKubeconfig: undefined }) });
  expect([outcome.status, ends(outcome)]).toEqual(["done", ["not reached", "left out"]]);
  expect(notes()).toEqual([
    "Left out: controllers, since the programs of the control plane are not here yet. To add them: npm run sandbox:tools, then deploy again.",
  ]);
});

test("a control plane that does not start fails the deploy with its reason", async () => {
  const outcome = await run("deploy", { health: cluster({ state: "failed", reason: "etcd ended with 1" }) });
  expect(outcome).toMatchObject({
    status: "failed",
    errors: [{ stack: "x-dev-controllers", text: "The control plane of x does not start: etcd ended with 1" }],
  });
});

test("a cluster that the sandbox does not know fails the deploy", async () => {
  expect((await run("deploy", { health: cluster({ name: "y" }) })).errors).toEqual([
    { stack: "x-dev-controllers", text: "The sandbox knows no cluster of the name that the stack gives" },
  ]);
});

test("problems of rendering and references without a value are errors of the stack", async () => {
  const problems = [{ stack: "x-dev-controllers", address: "kubernetes_env.E", message: "cannot be rendered" }];
  const objects = RENDERED.objects.map((object) => ({ ...object, references: ["data.x.y"] }));
  const outcome = await run("deploy", { rendered: { ...RENDERED, problems, objects } });
  expect(outcome.errors).toEqual([
    {
      stack: "x-dev-controllers",
      text: "kubernetes_env.E: cannot be rendered\na.b: `data.x.y` has no value in any state",
    },
  ]);
});

test("objects of an earlier deploy with the providers are left to them", async () => {
  json = { ...json, terraform: { backend: { s3: { key: "k" } } } };
  const resources = [{ mode: "managed", type: "helm_release", name: "H", instances: [] }];
  states.set("k", { resources });
  expect((await run("deploy")).errors[0]?.text).toBe(
    "The state of x-dev-controllers holds helm_release.H and maybe others that only the Kubernetes and Helm providers can change, and Terraform cannot have these now",
  );
  expect((await run("destroy")).status).toBe("failed");
  expect((await run("destroy", { atHand: true })).status).toBe("done");
  expect(calls("cdktf").slice(-2)).toEqual([`destroy x-dev-controllers ${ALONE}`, `destroy x-dev-cluster ${ALONE}`]);
});

test("a sandbox that is gone is the stack's failure, with an outcome", async () => {
  json = { ...json, terraform: { backend: { s3: { key: "k" } } } };
  states.set("k", CUT);
  const [lost] = (await run("deploy")).errors;
  expect(lost?.stack).toBe("x-dev-controllers");
  expect(lost?.text).toMatch(/^State k of states cannot be read, since no sandbox answers at http:/);
  const gone = new SandboxError("SANDBOX_NOT_RUNNING", "No sandbox answers");
  const dead = { clusters: () => Promise.reject(gone), releaseLease: () => Promise.reject(gone) };
  expect(await run("deploy", dead)).toMatchObject({
    status: "failed",
    errors: [{ stack: "x-dev-controllers", text: "No sandbox answers" }],
  });
  const cut = { clusters: () => Promise.reject(new TypeError("terminated")) };
  expect((await run("deploy", cut)).errors[0]?.text).toContain("The sandbox stopped answering");
  await expect(run("deploy", { clusters: () => Promise.reject(new TypeError("a defect")) })).rejects.toThrow(
    "a defect",
  );
});

test("a state that is none of Terraform's is named", async () => {
  json = { ...json, terraform: { backend: { s3: { key: "k" } } } };
  states.set("k", { resources: "many" });
  expect((await run("deploy")).errors[0]?.text).toBe("State k of states cannot be read: it is no state of Terraform");
});

test("what the state still holds of AWS goes, even where the stack names none of it", async () => {
  json = { ...json, terraform: { backend: { s3: { key: "k" } } } };
  states.set("k", { resources: [{ mode: "managed", type: "aws_iam_role", name: "Old", instances: [] }] });
  await run("deploy");
  expect(calls("terraform").at(-1)).toBe("apply -auto-approve -input=false -no-color");
});

test("charts that were left out are part of the outcome", async () => {
  const [, controllers] = (await run("deploy")).stacks;
  expect(controllers?.chartsLeftOut).toEqual(["keda 2.0.0 (x.io cannot be reached)"]);
});

test("providers that can be had now take the objects over", async () => {
  await run("deploy");
  const outcome = await run("deploy", { atHand: true });
  expect(outcome.status).toBe("done");
  expect(stored.size).toBe(0);
  expect(notes().at(-1)).toBe("x-dev-controllers: Terraform takes over the objects that were applied without it");
});

test("a destroy removes the objects, then what the stack has of AWS, then the cluster", async () => {
  json = { ...json, resource: ROLE };
  await run("deploy");
  const outcome = await run("destroy");
  expect(outcome.status).toBe("done");
  expect(ends(outcome)[1]).toBe("destroyed");
  expect(events.filter(({ type }) => type === "destroyed")).toEqual([
    { type: "destroyed", stack: "x-dev-controllers", destroy: 3 },
  ]);
  expect(stored.size).toBe(0);
  expect(calls("terraform").at(-1)).toBe("destroy -auto-approve -input=false -no-color");
  expect(calls("cdktf").slice(-2)).toEqual(["synth", `destroy x-dev-cluster ${ALONE}`]);
});

test("objects of a cluster that goes without its API server are forgotten", async () => {
  await run("deploy");
  const outcome = await run("destroy", { health: cluster({ state: "no programs", adminKubeconfig: undefined }) });
  expect(outcome.status).toBe("done");
  expect(existsSync(join(root, "sandbox", "objects", "x-dev-controllers.json"))).toBe(false);
});

test("objects of a cluster that stays cannot be removed without its API server", async () => {
  await run("deploy");
  const health = cluster({ state: "failed", adminKubeconfig: undefined });
  const outcome = await run("destroy", { health, layers: ["controllers"] });
  expect(outcome.errors).toEqual([
    { stack: "x-dev-controllers", text: "The sandbox has no API server for the cluster that the stack names" },
  ]);
});
