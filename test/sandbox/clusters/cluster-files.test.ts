import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { clusterFolder, clusterFolders } from "../../../sandbox/clusters/cluster-folder";
import { ClusterRecord } from "../../../sandbox/clusters/cluster-record";
import { endAllLeftovers } from "../../../sandbox/clusters/end-leftovers";
import { controlPlanePaths } from "../../../sandbox/control-plane/control-plane-paths";
import { identityOf } from "../../../sandbox/control-plane/processes/process-identity";
import { temporaryDirectory } from "../temporary-directory";

const directory = temporaryDirectory();
const MEMORY = { incarnation: "https://x", launches: 3, addons: {} };

test("a cluster has a folder named after it", () => {
  const place = { account: "111111111111", region: "eu-west-1", name: "atlas-dev" };
  expect(clusterFolder("/s/clusters", place).controlPlane).toBe(
    "/s/clusters/111111111111-eu-west-1-atlas-dev/control-plane",
  );
  expect(clusterFolders(join(directory(), "none"))).toEqual([]);
});

test("what is remembered is read back, and what cannot be read is told from nothing", () => {
  const file = join(directory(), "a", "cluster.json");
  const record = new ClusterRecord(file);
  expect(record.read()).toBeUndefined();
  record.write(MEMORY);
  expect(new ClusterRecord(file).read()).toEqual(MEMORY);
  writeFileSync(file, readFileSync(file, "utf8").slice(0, 20));
  expect(record.read()).toBe("unreadable");
});

test("processes that a dead sandbox left behind are ended, those that are not its own are not", async () => {
  const mine = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const foreign = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const ended = new Promise((resolve) => mine.once("exit", resolve));
  const { record } = controlPlanePaths(join(directory(), "1-r-atlas", "control-plane"));
  mkdirSync(dirname(record), { recursive: true });
  const processes = {
    etcd: { ...identityOf(mine.pid!)!, fingerprint: "" },
    // Its id has been given to another process meanwhile.
    kwok: { pid: foreign.pid!, started: "long ago", fingerprint: "" },
  };
  writeFileSync(record, JSON.stringify({ ports: {}, processes }));
  try {
    await endAllLeftovers(directory());
    await ended;
    expect(mine.signalCode).toBe("SIGTERM");
    expect(identityOf(foreign.pid!)).toBeDefined();
  } finally {
    mine.kill("SIGKILL");
    foreign.kill("SIGKILL");
  }
});
