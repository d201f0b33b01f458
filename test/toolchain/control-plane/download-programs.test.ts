import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { downloadPrograms } from "../../../toolchain/control-plane/download-programs";
import { programFolder } from "../../../toolchain/control-plane";
import type { ProgramProgress, ProgramSources } from "../../../toolchain/control-plane";
import { FakeHost } from "../fake-host";
import { FakeMirror, lend, program, sha256, sources } from "./fake-releases";

const SCHEDULER = "dl.k8s.io/release/v1.36.3/bin/linux/amd64/kube-scheduler";
const ALL = ["etcd", "kube-apiserver", "kube-scheduler", "kube-controller-manager", "kwok", "helm"] as const;

let host: FakeHost;
let mirror: FakeMirror;
let given: ProgramSources;
let address: string;
beforeEach(async () => {
  host = new FakeHost();
  mirror = new FakeMirror();
  given = sources(host);
  address = await mirror.start();
  host.env.FLIGHTDECK_TOOLS_MIRROR = `${address}/`;
});
afterEach(async () => {
  await mirror.stop();
  host.remove();
});

const schedulerOnly = () => downloadPrograms({ ...given, programs: ["kube-scheduler"] });

/** Nothing with a name, and nothing half done. */
function expectNothingLeft(): void {
  const folder = programFolder(given);
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
}

test("every program comes from its project's release, checked, and may be executed", async () => {
  lend(host, "tar", "gzip");
  mirror.publish(join(host.root, "releases"));
  const steps: ProgramProgress[] = [];
  const report = await downloadPrograms({ ...given, programs: ALL, onProgress: (step) => steps.push(step) });
  expect(report).toEqual({ downloaded: [...ALL], failed: [] });
  const folder = programFolder(given);
  expect(readdirSync(folder).sort()).toEqual([...ALL].sort());
  expect(readFileSync(join(folder, "etcd"), "utf8")).toBe(program("etcd", "3.6.8"));
  expect(statSync(join(folder, "kwok")).mode & 0o777).toBe(0o755);
  expect(steps.filter(({ step }) => step === "done").map((step) => step.program)).toHaveLength(6);
});

test("what does not have the published checksum is thrown away", async () => {
  mirror.publishKubernetes("kube-scheduler", "as published");
  mirror.answers.set(SCHEDULER, "something else");
  const { downloaded, failed } = await schedulerOnly();
  expect(downloaded).toEqual([]);
  expect(failed).toEqual([
    {
      program: "kube-scheduler",
      failure: "checksum",
      reason: `${address}/${SCHEDULER} has the SHA-256 checksum ${sha256("something else")}, published is ${sha256("as published")}`,
    },
  ]);
  expectNothingLeft();
});

test("without a published checksum nothing is fetched", async () => {
  mirror.answers.set(SCHEDULER, "content");
  mirror.answers.set(`${SCHEDULER}.sha256`, "<html>sign in first</html>");
  const { failed } = await schedulerOnly();
  expect(failed).toEqual([
    {
      program: "kube-scheduler",
      failure: "unpublished",
      reason: `${address}/${SCHEDULER}.sha256 holds no SHA-256 checksum of kube-scheduler`,
    },
  ]);
  expect(mirror.asked).toEqual([`${SCHEDULER}.sha256`]);
});

test.each([
  ["null", JSON.stringify({ assets: [{ name: "kwok-linux-amd64", digest: null }] })],
  ["of another file", JSON.stringify({ assets: [{ name: "kwok-linux-arm64", digest: `sha256:${"0".repeat(64)}` }] })],
  ["in no JSON", "rate limit exceeded"],
])("a digest that is %s counts as none", async (_, answer) => {
  mirror.answers.set("api.github.com/repos/kubernetes-sigs/kwok/releases/tags/v0.8.0", answer);
  const { failed } = await downloadPrograms({ ...given, programs: ["kwok"] });
  expect(failed.map(({ failure }) => failure)).toEqual(["unpublished"]);
});

test("a release that is not there is missing", async () => {
  const { failed } = await schedulerOnly();
  const reason = `${address}/${SCHEDULER}.sha256 answered 404`;
  expect(failed).toEqual([{ program: "kube-scheduler", failure: "missing", reason }]);
});

test("a connection that is cut leaves nothing behind", async () => {
  mirror.publishKubernetes("kube-scheduler", "x".repeat(100_000));
  mirror.answers.set(SCHEDULER, (response) => {
    response.writeHead(200, { "content-length": 100_000 });
    response.write("x".repeat(50_000), () => response.destroy());
  });
  const { failed } = await schedulerOnly();
  expect(failed).toEqual([
    { program: "kube-scheduler", failure: "broken", reason: expect.stringContaining(`${SCHEDULER} broke off: `) },
  ]);
  expectNothingLeft();
});

test("redirects are followed, but not for ever", async () => {
  mirror.publishKubernetes("kube-scheduler", "content");
  mirror.answers.set("moved", "content");
  const to = (location: string) => (response: ServerResponse) => response.writeHead(302, { location }).end();
  mirror.answers.set(SCHEDULER, to("/moved"));
  expect((await schedulerOnly()).downloaded).toEqual(["kube-scheduler"]);
  mirror.answers.set(SCHEDULER, to(`/${SCHEDULER}`));
  expect((await schedulerOnly()).failed).toEqual([
    { program: "kube-scheduler", failure: "refused", reason: `${address}/${SCHEDULER} redirects too often` },
  ]);
});

test("a host that cannot be reached fails at once, for every program", async () => {
  await mirror.stop();
  const began = Date.now();
  const { failed } = await downloadPrograms({ ...given, programs: ALL });
  expect(failed.map(({ failure }) => failure)).toEqual(ALL.map(() => "unreachable"));
  expect(failed[0]?.reason).toContain(`${new URL(address).host} cannot be reached: `);
  expect(Date.now() - began).toBeLessThan(1500);
});

test("a machine that nothing is published for is told so", async () => {
  host.platform = "darwin";
  host.arch = "arm64";
  const { failed } = await downloadPrograms({ ...given, programs: ["kube-apiserver"] });
  const reason = "kube-apiserver 1.36.3 is not published for darwin_arm64";
  expect(failed).toEqual([{ program: "kube-apiserver", failure: "unpublished", reason }]);
});

test("two runs at once both succeed", async () => {
  mirror.publishKubernetes("kube-scheduler", "content");
  const reports = await Promise.all([schedulerOnly(), schedulerOnly()]);
  expect(reports.map(({ downloaded }) => downloaded)).toEqual([["kube-scheduler"], ["kube-scheduler"]]);
  expect(readdirSync(programFolder(given))).toEqual(["kube-scheduler"]);
});

test("what a run that was killed has left is removed by the next", async () => {
  const folder = programFolder(given);
  host.write(join(folder.slice(host.root.length), ".making-999999999-00ff", "fetched"), "half");
  mirror.publishKubernetes("kube-scheduler", "content");
  await schedulerOnly();
  expect(readdirSync(folder)).toEqual(["kube-scheduler"]);
});

test.each(["http://mirror.example.com/tools", "mirror.example.com", "ftp://mirror.example.com"])(
  "the mirror %s is refused",
  async (value) => {
    host.env.FLIGHTDECK_TOOLS_MIRROR = value;
    await expect(schedulerOnly()).rejects.toThrow(
      `FLIGHTDECK_TOOLS_MIRROR must be an https address, as in https://mirror.example.com/tools, got \`${value}\``,
    );
  },
);
