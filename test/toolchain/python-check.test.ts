import { checkPython } from "../../toolchain/python-check";
import { FakeHost } from "./fake-host";

let host: FakeHost;
beforeEach(() => {
  host = new FakeHost();
});
afterEach(() => {
  host.remove();
});

test("Python with venv is found", async () => {
  const path = host.install("python3", "echo 3.12.1; echo venv");
  expect((await checkPython(host)).tool).toEqual({ path, version: "3.12.1" });
});

test("a later Python beside a system one that is too old is found", async () => {
  host.install("python3", "echo 3.9.2; echo venv");
  const path = host.install("python3.11", "echo 3.11.9; echo venv");
  expect((await checkPython(host)).tool).toEqual({ path, version: "3.11.9" });
});

test("missing Python comes with the command that installs it", async () => {
  host.install("apt-get");
  expect(await checkPython(host)).toEqual({
    name: "Python",
    status: "missing",
    detail: "`python3` is not on the PATH: the sandbox needs Python 3.10 or later with venv",
    fix: "sudo apt-get install -y python3 python3-venv",
  });
});

test("Python without venv, as Debian has it, is named", async () => {
  const path = host.install("python3", "echo 3.11.2", "echo 'No module named ensurepip' >&2", "exit 1");
  expect(await checkPython(host)).toEqual({
    name: "Python",
    status: "unfit",
    path,
    version: "3.11.2",
    detail: "Python 3.11.2 comes without venv: the sandbox needs it",
    fix: "see https://www.python.org/downloads",
  });
});

test("a Python that is too old is named with its version", async () => {
  host.install("python3", "echo 3.8.10; echo venv");
  expect((await checkPython(host)).detail).toBe("Python 3.8.10 is too old: the sandbox needs 3.10 or later");
});
