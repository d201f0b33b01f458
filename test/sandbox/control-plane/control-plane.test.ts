import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parse } from "yaml";
import { ControlPlane, type ControlPlaneOptions, endControlPlane } from "../../../sandbox/control-plane";
import { controlPlanePaths } from "../../../sandbox/control-plane/control-plane-paths";
import { temporaryDirectory } from "../temporary-directory";
import { lives, writeFakeProgram } from "./fake-program";

jest.setTimeout(30_000);

/** Plays each program of the control plane by its name: listens where its flags say, and knows no more of its trade. */
const PROGRAM = `
const { appendFileSync, readFileSync } = require("node:fs");
const { basename, dirname, join } = require("node:path");
const name = basename(process.argv[1]);
const note = (event) => appendFileSync(join(dirname(process.argv[1]), "events"), name + " " + event + "\\n");
const options = Object.fromEntries(process.argv.slice(2).map((arg) => [arg.slice(2).split("=")[0], arg.slice(arg.indexOf("=") + 1)]));
const kinds = { ClusterRole: "clusterroles", ClusterRoleBinding: "clusterrolebindings",
  MutatingAdmissionPolicy: "mutatingadmissionpolicies", MutatingAdmissionPolicyBinding: "mutatingadmissionpolicybindings" };
const resources = Object.entries(kinds).map(([kind, resource]) => ({ kind, name: resource, namespaced: false }));
const serve = (request, response) => {
  if (request.method === "PATCH") note("has " + request.url.split("?")[0].split("/").slice(-2).join("/"));
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(request.method === "GET" ? { resources } : {}));
};
const read = (...names) => readFileSync(names.map((each) => options[each]).find(Boolean));
const tls = () => ({ cert: read("cert-file", "tls-cert-file"), key: read("key-file", "tls-private-key-file"),
  ...(name === "etcd" ? { ca: read("trusted-ca-file"), requestCert: true, rejectUnauthorized: true } : {}) });
const server = name === "kwok" ? require("node:http").createServer(serve) : require("node:https").createServer(tls(), serve);
const address = options["server-address"] || options["secure-port"] || options["listen-client-urls"];
server.listen(Number(address.split(":").at(-1)), "127.0.0.1", () => note("ready"));
process.on("SIGTERM", () => { note("ended"); process.exit(0); });
`;
const NAMES = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"];

const directory = temporaryDirectory();
const lines: string[] = [];
let open: ControlPlane | undefined;
beforeEach(() => {
  lines.length = 0;
  mkdirSync(join(directory(), "tools"));
  for (const name of NAMES) writeFakeProgram(join(directory(), "tools"), name, PROGRAM);
});
afterEach(async () => {
  await open?.stop();
  open = undefined;
});

const program = (name: string) => join(directory(), "tools", name);
const folder = () => join(directory(), "cluster");
const events = () => readFileSync(program("events"), "utf8").trim().split("\n");
const options = (more: Partial<ControlPlaneOptions> = {}): ControlPlaneOptions => ({
  directory: folder(),
  programs: {
    etcd: program("etcd"),
    kubeApiserver: program("kube-apiserver"),
    kubeControllerManager: program("kube-controller-manager"),
    kubeScheduler: program("kube-scheduler"),
    kwok: program("kwok"),
  },
  clusterName: "atlas-dev",
  version: "1.36.3",
  serviceCidr: "172.20.0.0/16",
  webhooks: { authenticate: "http://127.0.0.1:9/authenticate", authorize: "http://127.0.0.1:9/authorize" },
  log: (line) => lines.push(line),
  ...more,
});
const start = async (more: Partial<ControlPlaneOptions> = {}) => (open = await ControlPlane.start(options(more)));

test("etcd, then the API server, then the rest; kwok when the cluster has what it needs; ended in the opposite order", async () => {
  const controlPlane = await start();
  expect(events().slice(0, 2)).toEqual(["etcd ready", "kube-apiserver ready"]);
  const ready = events().slice(2);
  expect(ready.filter((line) => line.endsWith("ready")).sort()).toEqual([
    "kube-controller-manager ready",
    "kube-scheduler ready",
    "kwok ready",
  ]);
  expect(ready.filter((line) => line.startsWith("kube-apiserver has"))).toEqual([
    "kube-apiserver has clusterroles/sandbox-kwok",
    "kube-apiserver has clusterrolebindings/sandbox-kwok",
    ...["sandbox-served-apis", "sandbox-conversion"].flatMap((name) => [
      `kube-apiserver has mutatingadmissionpolicies/${name}`,
      `kube-apiserver has mutatingadmissionpolicybindings/${name}`,
    ]),
  ]);
  expect(ready.indexOf("kwok ready")).toBeGreaterThan(
    ready.lastIndexOf("kube-apiserver has mutatingadmissionpolicybindings/sandbox-conversion"),
  );
  expect(controlPlane.ready).toBe(true);
  await controlPlane.stop();
  expect(events().filter((line) => line.endsWith("ended"))).toEqual(
    [...NAMES].reverse().map((name) => `${name} ended`),
  );
  expect(controlPlane.ready).toBe(false);
  expect(existsSync(controlPlanePaths(folder()).lock)).toBe(false);
});

test("it tells where it is and how an administrator gets in", async () => {
  const controlPlane = await start();
  const { endpoint, admin, adminKubeconfig, certificateAuthority, certificateAuthorityFile } = controlPlane;
  expect(endpoint).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(admin).toMatchObject({ server: endpoint, certificateAuthority });
  expect(readFileSync(certificateAuthorityFile, "utf8")).toBe(certificateAuthority);
  expect(parse(readFileSync(adminKubeconfig, "utf8"))).toMatchObject({
    clusters: [{ name: "atlas-dev", cluster: { server: endpoint } }],
    "current-context": "atlas-dev",
  });
  expect([statSync(adminKubeconfig).mode & 0o777, statSync(folder()).mode & 0o777]).toEqual([0o600, 0o700]);
  expect(lines.at(-1)).toMatch(
    new RegExp(`^Kubernetes 1\\.36\\.3 of atlas-dev is ready at ${endpoint} after \\d+\\.\\d s$`),
  );
});

test("the next start takes over what still runs, and a moved webhook means another API server only", async () => {
  const first = await start();
  const { pids, endpoint } = first;
  await first.letGo();
  const moved = { authenticate: "http://127.0.0.1:8/authenticate", authorize: "http://127.0.0.1:8/authorize" };
  const second = await start({ webhooks: moved });
  expect(second.endpoint).toBe(endpoint);
  expect({ ...second.pids, "kube-apiserver": 0 }).toEqual({ ...pids, "kube-apiserver": 0 });
  expect(second.pids["kube-apiserver"]).not.toBe(pids["kube-apiserver"]);
});

test("a second start of a folder is refused, the first goes on", async () => {
  const first = await start();
  await expect(ControlPlane.start(options())).rejects.toMatchObject({ code: "SANDBOX_CONTROL_PLANE_HELD" });
  await expect(endControlPlane(folder())).rejects.toMatchObject({ code: "SANDBOX_CONTROL_PLANE_HELD" });
  expect(Object.values(first.pids).every(lives)).toBe(true);
});

test("a start that is given up leaves nothing running", async () => {
  writeFakeProgram(join(directory(), "tools"), "kube-apiserver", "setInterval(() => {}, 1000);");
  const aborter = new AbortController();
  const started = expect(start({ signal: aborter.signal })).rejects.toMatchObject({
    code: "SANDBOX_CONTROL_PLANE_NOT_READY",
    message: "The start of the control plane of atlas-dev was given up.",
  });
  const { record, lock } = controlPlanePaths(realpathSync(directory()) + "/cluster");
  const processes = () =>
    existsSync(record)
      ? (JSON.parse(readFileSync(record, "utf8")) as { processes: Record<string, { pid: number }> }).processes
      : {};
  for (let waited = 0; processes()["kube-apiserver"] === undefined && waited < 10_000; waited += 20) await delay(20);
  const pids = Object.values(processes()).map(({ pid }) => pid);
  aborter.abort();
  await started;
  expect(pids).toHaveLength(2);
  expect(pids.some(lives)).toBe(false);
  expect(existsSync(lock)).toBe(false);
});

test("a program that fails is an error, and nothing is left running or locked", async () => {
  writeFakeProgram(join(directory(), "tools"), "kwok", 'console.error("error: no stages"); process.exit(1);');
  await expect(start()).rejects.toThrow(
    /kwok ended with exit code 1 before it was ready\. It logged:\n {2}error: no stages\n/,
  );
  expect(events().filter((line) => line.endsWith("ended"))).toHaveLength(4);
  rmSync(program("kwok"));
  writeFakeProgram(join(directory(), "tools"), "kwok", PROGRAM);
  expect((await start()).ready).toBe(true);
});

test("what a killed sandbox left can be ended without starting anything, recorded or not", async () => {
  await endControlPlane(join(directory(), "never-made"));
  const first = await start();
  const pids = Object.values(first.pids);
  await first.letGo();
  const { record } = controlPlanePaths(folder());
  const written = JSON.parse(readFileSync(record, "utf8")) as { processes: Record<string, unknown> };
  delete written.processes["etcd"];
  writeFileSync(record, JSON.stringify(written));
  await endControlPlane(folder());
  expect(pids.some(lives)).toBe(false);
  expect(events().filter((line) => line.endsWith("ended"))).toEqual(
    [...NAMES].reverse().map((name) => `${name} ended`),
  );
});
