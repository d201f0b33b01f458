import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { monitoringReleases } from "../../../catalog";
import { monitoringFolder } from "../../../toolchain/monitoring/program-folder";
import { monitoringPrograms } from "../../../toolchain/monitoring";
import { MONITORING_PROGRAMS } from "../../../toolchain/monitoring/programs";
import { ToolchainError } from "../../../toolchain";
import { FakeMirror, lend, program, sha256 } from "../control-plane/fake-releases";
import { FakeHost } from "../fake-host";

const VERSIONS: Readonly<Record<string, string>> = {
  prometheus: "3.14.0",
  promtool: "3.14.0",
  alertmanager: "0.34.0",
  amtool: "0.34.0",
  pushgateway: "1.11.3",
};

let host: FakeHost;
let mirror: FakeMirror;
let address: string;
beforeEach(async () => {
  host = new FakeHost();
  host.env.FLIGHTDECK_CACHE_DIR = join(host.root, "cache");
  mirror = new FakeMirror();
  address = await mirror.start();
  host.env.FLIGHTDECK_TOOLS_MIRROR = address;
});
afterEach(async () => {
  await mirror.stop();
  host.remove();
});

const options = (more: { readonly offline?: boolean } = {}) => ({ host, releases: monitoringReleases, ...more });
const folder = () => monitoringFolder(options());

function put(path: string, version: string): string {
  const file = host.write(path, program("prometheus, version", version));
  chmodSync(file, 0o755);
  return file;
}

/** The error that a promise is rejected with on purpose. */
async function failureOf(work: Promise<unknown>): Promise<ToolchainError> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (error instanceof ToolchainError) return error;
  throw error;
}

/** Serves the official archives. */
function publish(): void {
  for (const [name, { version, programs }] of Object.entries(monitoringReleases)) {
    const base = `github.com/prometheus/${name}/releases/download/v${version}`;
    const file = `${name}-${version}.linux-amd64.tar.gz`;
    const content = archiveOf(name, version, Object.keys(programs));
    mirror.answers.set(`${base}/${file}`, content);
    mirror.answers.set(`${base}/sha256sums.txt`, `${"0".repeat(64)}  other\n${sha256(content)}  ${file}\n`);
  }
}

function archiveOf(name: string, version: string, names: readonly string[]): Buffer {
  const inside = `${name}-${version}.linux-amd64`;
  for (const one of names) host.write(`releases/${inside}/${one}`, program(one, version));
  const file = join(host.root, "releases.tar.gz");
  execFileSync("tar", ["-czf", file, "-C", join(host.root, "releases"), inside]);
  return readFileSync(file);
}

const SHARE = "/usr/share/prometheus/alertmanager";

/** What Debian's Alertmanager does with its folder, as lines of shell that name it three times. */
const READS = [`cat ${SHARE}/default.tmpl`, `ls ${SHARE}`, `ls ${SHARE}/ui`];

/** A machine of Debian whose packages hold programs of a version. */
function installApt(version: string, reads: readonly string[] = READS): void {
  const lent = new Set(readdirSync(host.bin));
  lend(host, ...["sh", "mkdir", "touch", "cat", "chmod", "dirname", "ls"].filter((name) => !lent.has(name)));
  host.install(
    "apt-get",
    'case "$*" in *" download "*) for name in prometheus prometheus-alertmanager prometheus-pushgateway; do touch "$name.deb"; done;; esac',
  );
  host.install(
    "dpkg-deb",
    `mkdir -p "$3/usr/bin" "$3${SHARE}/ui"`,
    `echo "a template" > "$3${SHARE}/default.tmpl"`,
    "for name in prometheus promtool amtool prometheus-pushgateway; do",
    `  printf '#!/bin/sh\\necho version ${version}\\n' > "$3/usr/bin/$name"; chmod +x "$3/usr/bin/$name"`,
    "done",
    'cat > "$3/usr/bin/prometheus-alertmanager" <<"END"',
    "#!/bin/sh",
    `[ "$1" = --version ] && echo version ${version} && exit`,
    ...reads,
    "END",
    'chmod +x "$3/usr/bin/prometheus-alertmanager"',
  );
}

test("the folder that the user names goes before the PATH, the PATH before the cache, under Debian's names too", async () => {
  const named = join(host.root, "named");
  host.env.FLIGHTDECK_MONITORING_PROGRAMS = named;
  const prometheus = put("named/prometheus", "2.53.1");
  const alertmanager = put("bin/prometheus-alertmanager", "0.25.0");
  const others = ["promtool", "amtool", "pushgateway"].map((name) =>
    put(`${folder().slice(host.root.length)}/${name}`, "0"),
  );
  put("bin/prometheus", "3.1.0");
  expect(await monitoringPrograms(options({ offline: true }))).toEqual({
    ...{ prometheus, alertmanager },
    ...{ promtool: others[0], amtool: others[1], pushgateway: others[2] },
  });
});

test("what is missing comes from the official releases, checked, each archive once", async () => {
  lend(host, "tar", "gzip");
  publish();
  const lines: string[] = [];
  const found = await monitoringPrograms({ ...options(), onProgress: (line) => lines.push(line) });
  expect(found).toEqual(Object.fromEntries(MONITORING_PROGRAMS.map((name) => [name, join(folder(), name)])));
  for (const name of MONITORING_PROGRAMS) {
    expect(readFileSync(found[name], "utf8")).toBe(program(name, VERSIONS[name]!));
  }
  expect(mirror.asked).toHaveLength(6);
  expect(lines).toContain("prometheus, promtool 3.14.0: fetching the official release");
  expect(readdirSync(folder()).sort()).toEqual([...MONITORING_PROGRAMS].sort());
});

test("what is not as published is thrown away, and nothing else is tried", async () => {
  lend(host, "tar", "gzip");
  publish();
  installApt("2.42.0");
  const file = "github.com/prometheus/alertmanager/releases/download/v0.34.0/alertmanager-0.34.0.linux-amd64.tar.gz";
  mirror.answers.set(file, "something else");
  const { code, message } = await failureOf(monitoringPrograms(options()));
  expect(code).toBe("PROGRAM_CHECKSUM_WRONG");
  expect(message).toContain(`${address}/${file} has the SHA-256 checksum ${sha256("something else")}`);
});

/** What a program prints on the fake machine. */
function printed(path: string): string {
  return execFileSync(path, [], { encoding: "utf8", env: { PATH: host.bin } });
}

test("where releases cannot be had, Debian's packages are unpacked, and what they read from comes along", async () => {
  host.env.FLIGHTDECK_CACHE_DIR = join(host.root, "the user's own $cache");
  installApt("2.42.0");
  const found = await monitoringPrograms(options());
  expect(found.pushgateway).toBe(join(folder(), "pushgateway"));
  expect(printed(found.alertmanager)).toBe("a template\ndefault.tmpl\nui\n");
  const [copy = "", ...more] = readdirSync(folder()).filter((name) => name.startsWith("alertmanager-"));
  expect(more).toEqual([]);
  expect(copy).toMatch(/^alertmanager-[0-9a-f]{12}$/);
  const names = `/proc/self/fd/9${"/".repeat(19)}`;
  expect(readFileSync(join(folder(), copy, "program"), "utf8")).toContain(
    `cat ${names}/default.tmpl\nls ${names}\nls ${names}/ui\n`,
  );
  mirror.asked.splice(0);
  expect(await monitoringPrograms(options({ offline: true }))).toEqual(found);
  expect(mirror.asked).toEqual([]);
});

test("who unpacks a program again takes nothing away from those that run it", async () => {
  installApt("2.42.0");
  const { alertmanager } = await monitoringPrograms(options());
  const copies = () => readdirSync(folder()).filter((name) => name.startsWith("alertmanager-"));
  const [copy = ""] = copies();
  const before = statSync(join(folder(), copy, "program"));
  rmSync(alertmanager);
  await monitoringPrograms(options());
  expect(copies()).toEqual([copy]);
  const { ino, mtimeMs } = statSync(join(folder(), copy, "program"));
  expect({ ino, mtimeMs }).toEqual({ ino: before.ino, mtimeMs: before.mtimeMs });
  rmSync(alertmanager);
  installApt("2.43.0");
  await monitoringPrograms(options());
  expect(copies()).toHaveLength(2);
  expect(copies()).toContain(copy);
  expect(printed(alertmanager)).toBe("a template\ndefault.tmpl\nui\n");
});

test.each([
  [2, READS.slice(1)],
  [4, [...READS, `ls ${SHARE}/no-ui`]],
])("a program that names its folder %d times, as none is known to do, must be installed", async (times, reads) => {
  installApt("2.42.0", reads);
  const { code, message } = await failureOf(monitoringPrograms(options()));
  expect(code).toBe("PROGRAM_NOT_RELOCATABLE");
  expect(message).toBe(
    `prometheus-alertmanager of the package prometheus-alertmanager names ${SHARE} ${times} times instead of 3, so it cannot be run without being installed: sudo apt-get update && sudo apt-get install -y prometheus-alertmanager`,
  );
  expect(readdirSync(folder()).filter((name) => name.startsWith("alertmanager"))).toEqual([]);
});

test("what can be had nowhere is named with the reasons and the command that mends it", async () => {
  installApt("2.24.1");
  const old = put("bin/promtool", "2.31.0");
  const { code, message } = await failureOf(monitoringPrograms(options()));
  const debian = "prometheus of the package prometheus is version 2.24.1, 2.42 or later is needed";
  const missing = (release: string, version: string): string =>
    `${address}/github.com/prometheus/${release}/releases/download/v${version}/sha256sums.txt answered 404; ${debian}`;
  expect(code).toBe("MONITORING_PROGRAMS_MISSING");
  expect(message.split("\n")).toEqual([
    "5 of 5 programs of monitoring are missing:",
    `  prometheus 2.42 or later: ${missing("prometheus", "3.14.0")}`,
    `  promtool 2.42 or later: ${missing("prometheus", "3.14.0")}`,
    `  alertmanager 0.25 or later: ${missing("alertmanager", "0.34.0")}`,
    `  amtool 0.25 or later: ${missing("alertmanager", "0.34.0")}`,
    `  pushgateway 1.5 or later: ${missing("pushgateway", "1.11.3")}`,
    `  passed over: ${old} is version 2.31.0, 2.42 or later is needed`,
    "Install them: sudo apt-get update && sudo apt-get install -y prometheus prometheus-alertmanager prometheus-pushgateway;",
    "or put them into a folder that FLIGHTDECK_MONITORING_PROGRAMS names, or set FLIGHTDECK_TOOLS_MIRROR to a mirror of the releases.",
  ]);
});

test("without the network nothing is fetched, and where there is no apt the project's page is named", async () => {
  const { message } = await failureOf(monitoringPrograms(options({ offline: true })));
  expect(message).toContain("  prometheus 2.42 or later: not fetched, as asked\n");
  expect(message).toContain("Install them: see https://prometheus.io/download;");
  expect(mirror.asked).toEqual([]);
});

test("other releases, or another machine, are another folder", () => {
  expect(folder()).toMatch(/\/cache\/monitoring-[0-9a-f]{12}-linux-amd64$/);
  const { prometheus, ...others } = monitoringReleases;
  expect(monitoringFolder({ host, releases: others })).not.toBe(folder());
  host.arch = "arm64";
  expect(folder()).toMatch(/-linux-arm64$/);
});
