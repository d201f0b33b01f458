import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { endControlPlane } from "../../../sandbox/control-plane";
import { controlPlanePaths } from "../../../sandbox/control-plane/control-plane-paths";
import { endProcess } from "../../../sandbox/control-plane/processes/component-process";
import { Supervisor } from "../../../sandbox/control-plane/processes/supervisor";
import { temporaryDirectory } from "../temporary-directory";
import { fakeComponent } from "./fake-program";

jest.mock("../../../sandbox/control-plane/processes/component-process", () => ({
  ...jest.requireActual<object>("../../../sandbox/control-plane/processes/component-process"),
  endProcess: jest.fn(),
}));

const directory = temporaryDirectory();
const ended: number[] = [];
beforeEach(() => {
  ended.splice(0);
  jest.mocked(endProcess).mockImplementation(({ pid }) => {
    ended.push(pid);
    return pid % 2 === 0 ? Promise.resolve() : Promise.reject(new Error(`process ${pid} does not end`));
  });
});

const entry = (pid: number) => ({ pid, started: "long ago", fingerprint: "" });

test("of a control plane that was left behind all processes are ended, whatever becomes of one", async () => {
  const { record } = controlPlanePaths(join(directory(), "left"));
  mkdirSync(dirname(record), { recursive: true });
  const processes = { etcd: entry(2), "kube-apiserver": entry(3), "kube-scheduler": entry(5), kwok: entry(4) };
  writeFileSync(record, JSON.stringify({ ports: {}, processes }));
  await expect(endControlPlane(join(directory(), "left"))).rejects.toMatchObject({
    code: "SANDBOX_STOP_FAILED",
    message: "process 5 does not end\nprocess 3 does not end",
  });
  expect(ended).toEqual([4, 5, 3, 2]);
});

test("a supervisor that is stopped ends all of them, and tells the one that stays", async () => {
  const component = (name: string) => fakeComponent(directory(), { name, port: 1 });
  const supervisor = new Supervisor<string>({
    ...{ directory: directory(), recordFile: join(directory(), "record.json"), logFile: (name) => name },
    ...{ portNames: [], environment: {}, log: () => undefined, onRecovered: () => undefined },
    describe: () => [[component("store")], [component("server")], [component("worker")]],
  });
  const running = Reflect.get(supervisor, "running") as Map<string, object>;
  ["store", "server", "worker"].forEach((name, index) => {
    running.set(name, { process: { identity: entry(index + 2) }, fingerprint: "" });
  });
  await expect(supervisor.stop()).rejects.toThrow(/^process 3 does not end$/);
  expect(ended).toEqual([4, 3, 2]);
});
