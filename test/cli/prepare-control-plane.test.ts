import { prepareControlPlane } from "../../cli/sandbox/prepare-control-plane";
import type { CliContext } from "../../cli/context";
import { ROOT } from "../support/platform";
import { temporaryFolder } from "../support/temporary-folder";

const STACKS = [{ layer: "network" }, { layer: "cluster" }];

/** What is printed on a machine that has no program, no cache and no way to any release. */
async function printed(env: Readonly<Record<string, string>>, stacks = STACKS): Promise<string[]> {
  const lines: string[] = [];
  const home = temporaryFolder();
  // Nobody listens on port 9 of the loopback address.
  const alone = { PATH: home, FLIGHTDECK_CACHE_DIR: home, FLIGHTDECK_TOOLS_MIRROR: "http://127.0.0.1:9", ...env };
  const context = {
    ...{ root: ROOT, now: () => 0, output: { line: (text: string) => void lines.push(text) } },
    host: { env: alone, home, platform: "linux", arch: "x64" },
  } as unknown as CliContext;
  await prepareControlPlane(context, stacks);
  return lines;
}

test("programs that cannot be had are named with the reason, and nothing is compiled", async () => {
  const [first, second, ...others] = await printed({});
  expect(first).toBe(
    "Programs of the Kubernetes control plane: downloading etcd, kube-apiserver, kube-scheduler, kube-controller-manager, kwok",
  );
  expect(second).toMatch(/^ {2}not now: .*127\.0\.0\.1/);
  expect(others).toEqual([]);
});

test.each([
  ["clusters are to have no control plane", { FLIGHTDECK_SANDBOX_KUBERNETES: "off" }, STACKS],
  ["no cluster is deployed", {}, [{ layer: "network" }]],
])("nothing is looked for where %s", async (_why, env, stacks) => {
  expect(await printed(env as Record<string, string>, stacks)).toEqual([]);
});
