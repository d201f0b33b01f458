import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { sandboxPrograms } from "../../catalog";
import type { CliContext } from "../../cli/context";
import { withSynthesis } from "../../cli/synthesis";
import { environmentIds, loadEnvironment } from "../../config";
import { renderStacks } from "../../rendering";
import type { RenderedObject } from "../../rendering";
import { MAPPED_TYPES } from "../../rendering/typed/resource-kinds";
import { toObject } from "../../rendering/typed/to-object";
import { ControlPlane } from "../../sandbox/control-plane";
import type { DeployEvent } from "../../sandbox/deploy";
import { applyStack } from "../../sandbox/deploy/kubernetes/apply-stack";
import { ObjectInventory } from "../../sandbox/deploy/kubernetes/object-inventory";
import { removeObjects } from "../../sandbox/deploy/kubernetes/remove-objects";
import { Interrupts } from "../../sandbox/deploy/kubernetes/run-signal";
import { waitReady } from "../../sandbox/deploy/kubernetes/wait-ready";
import { KubernetesApi } from "../../sandbox/kubernetes/api-client";
import type { KubernetesObject } from "../../sandbox/kubernetes/kubernetes-object";
import { controlPlanePrograms } from "../support/control-plane-programs";
import { maximalResource } from "../support/maximal-resource";
import { OpenApi } from "../support/open-api";

jest.setTimeout(180_000);

const ROOT = resolve(__dirname, "..", "..");
/** Definitions of the charts, where they are at hand; without them custom resources are named as not validated. */
const DEFINITIONS = resolve(ROOT, "..", "shared", "crds");
const STACK = "proof";

/** Fields that the bindings have and the provider itself sends to nobody. */
const NEVER_SENT =
  /\.targetCpuUtilizationPercentage |azureFile\.secretNamespace |(cephfs|flexVolume|rbd)\.secretRef\.namespace |volumes\[\]\.local /;

const directory = realpathSync(mkdtempSync(join(tmpdir(), "flightdeck-rendered-")));
let webhooks: Server;
let controlPlane: ControlPlane;
let api: KubernetesApi;

beforeAll(async () => {
  webhooks = createServer((_request, response) => response.writeHead(404).end()).listen(0, "127.0.0.1");
  await new Promise((done) => webhooks.once("listening", done));
  const { port } = webhooks.address() as AddressInfo;
  controlPlane = await ControlPlane.start({
    directory: join(directory, "control-plane"),
    programs: await controlPlanePrograms(),
    clusterName: "proof",
    version: sandboxPrograms["kube-apiserver"].version,
    serviceCidr: "172.20.0.0/16",
    webhooks: { authenticate: `http://127.0.0.1:${port}/a`, authorize: `http://127.0.0.1:${port}/b` },
    log: () => undefined,
  });
  api = new KubernetesApi(controlPlane.admin);
});
afterAll(async () => {
  api?.close();
  await controlPlane?.stop();
  webhooks.close();
  rmSync(directory, { recursive: true, force: true });
});

test("every field of every typed resource is one that its kind has, with a value of its type", async () => {
  const openApi = new OpenApi(api);
  const problems = await Promise.all(
    MAPPED_TYPES.map(async (type) => {
      const made = toObject(type, maximalResource(type));
      const found = "problem" in made ? [made.problem] : await openApi.problems(made.object);
      return found.filter((problem) => !NEVER_SENT.test(problem)).map((problem) => `${type}: ${problem}`);
    }),
  );
  expect(problems.flat()).toEqual([]);
});

describe("objects applied without Terraform", () => {
  const inventory = new ObjectInventory(directory, STACK);
  const events: DeployEvent[] = [];
  const report = (event: DeployEvent): void => void events.push(event);
  const signal = new Interrupts();
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "proof" } };
  const settings = (data: object): KubernetesObject => ({
    ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings", namespace: "proof" }, data },
  });
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.proof.example.com" },
    spec: {
      group: "proof.example.com",
      scope: "Namespaced",
      names: { kind: "Widget", plural: "widgets" },
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
    },
  };
  const widget = { apiVersion: "proof.example.com/v1", kind: "Widget", metadata: { name: "w", namespace: "proof" } };
  const job = (image: string): KubernetesObject => ({
    ...{ apiVersion: "batch/v1", kind: "Job", metadata: { name: "run", namespace: "proof" } },
    spec: { suspend: true, template: { spec: { restartPolicy: "Never", containers: [{ name: "c", image }] } } },
  });

  async function apply(...objects: readonly KubernetesObject[]): Promise<DeployEvent | undefined> {
    const rendered = objects.map((object) => ({
      object,
      stack: STACK,
      address: "a.b",
      level: 0,
      hooks: [],
      references: [],
    }));
    const before = { add: 0, change: 0, destroy: 0 };
    const common = {
      api,
      inventory,
      signal,
      report,
      before,
      stack: STACK,
      cluster: "proof",
      patienceMs: 20_000,
      chartsLeftOut: [],
    };
    await applyStack({ ...common, objects: rendered });
    return events.at(-1);
  }

  test("come up with the definitions of their kinds, and stay as they are the second time", async () => {
    const objects = [namespace, definition, settings({ a: "b" }), job("x:1"), widget];
    expect(await apply(...objects)).toMatchObject({ type: "applied", add: 5, change: 0, destroy: 0 });
    expect(await apply(...objects)).toMatchObject({ type: "applied", add: 0, change: 0, destroy: 0 });
  });

  test("change where they can, are made anew where they cannot, and go when they are no longer wanted", async () => {
    expect(await apply(namespace, definition, settings({ a: "c" }), job("x:2"))).toMatchObject({
      ...{ type: "applied", add: 0, change: 2, destroy: 1 },
    });
    expect(await api.get({ apiVersion: "v1", kind: "ConfigMap", name: "settings", namespace: "proof" })).toMatchObject({
      data: { a: "c" },
    });
  });

  test("are refused with what the server says when a field does not exist", async () => {
    const wrong = { ...settings({ a: "c" }), dataa: {} };
    expect(await apply(namespace, definition, wrong, job("x:2"))).toEqual({
      type: "error",
      stack: STACK,
      text: expect.stringMatching(/^ConfigMap proof\/settings was refused: .*dataa/) as string,
    });
  });

  test("are removed with their namespace, which is gone in the end", async () => {
    const references = [...inventory.read("proof")].reverse();
    expect(await removeObjects({ api, stack: STACK, references, patienceMs: 60_000, signal, report })).toBe(true);
    expect(await api.get({ apiVersion: "v1", kind: "Namespace", name: "proof" })).toBeUndefined();
  });
});

describe("every object of all environments", () => {
  const environments = environmentIds(ROOT);

  beforeAll(async () => {
    if (!existsSync(DEFINITIONS)) return;
    const files = readdirSync(DEFINITIONS).filter((name) => name.endsWith(".json"));
    const definitions = files.flatMap((name) => {
      const { items } = JSON.parse(readFileSync(join(DEFINITIONS, name), "utf8")) as { items: KubernetesObject[] };
      return items;
    });
    for (const object of definitions) {
      await api.apply(object, { fieldManager: "proof", force: true, fieldValidation: "Warn" });
    }
    const late = await waitReady({
      ...{ api, objects: definitions, patienceMs: 30_000, signal: new Interrupts() },
      onReady: () => undefined,
      onWaiting: () => undefined,
    });
    expect(late).toEqual([]);
  });

  test.each(environments)("%s is accepted with strict validation", async (environment) => {
    const objects = await rendered(environment);
    expect(objects.length).toBeGreaterThan(0);
    const notValidated: string[] = [];
    for (const { object, address } of objects) {
      const isNamespace = object.kind === "Namespace";
      const answer = await api
        .apply(object, { fieldManager: "proof", force: true, dryRun: !isNamespace })
        .catch((error: { reason?: string; message?: string }) => error);
      if ("reason" in answer && answer.reason === "KindUnknown") notValidated.push(object.kind);
      else expect([address, answer]).toEqual([address, expect.objectContaining({ kind: object.kind })]);
    }
    if (notValidated.length > 0) process.stdout.write(`not validated: ${[...new Set(notValidated)].join(", ")}\n`);
    if (existsSync(DEFINITIONS)) expect(notValidated).toEqual([]);
  });

  async function rendered(environment: string): Promise<readonly RenderedObject[]> {
    const host = { env: process.env, home: homedir(), platform: process.platform, arch: process.arch };
    const context = { root: ROOT, configRoot: ROOT, host } as unknown as CliContext;
    const { objects, problems } = await withSynthesis(context, loadEnvironment(ROOT, environment), (stacks) =>
      renderStacks(stacks),
    );
    expect(problems).toEqual([]);
    return objects;
  }
});
