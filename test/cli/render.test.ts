import { Command } from "commander";
import { addRender } from "../../cli/commands/render";
import type { CliContext } from "../../cli/context";
import { describeError } from "../../cli/report-error";
import { CLUSTER_PROVIDERS } from "../../cli/cluster-providers";
import { HELM_PROVIDER_WINDOW, KUBERNETES_PROVIDER_WINDOW } from "../../constructs";
import { resolve } from "node:path";

const ROOT = resolve(__dirname, "..", "..");
const STACKS = [
  {
    id: "atlas-dev-data",
    layer: "data",
    json: JSON.stringify({
      resource: { kubernetes_namespace_v1: { B: { metadata: { name: "b" } } }, kubernetes_env: { E: {} } },
    }),
  },
  {
    id: "atlas-dev-network",
    layer: "network",
    json: JSON.stringify({
      resource: {
        kubernetes_namespace_v1: { A: { metadata: { name: "a" } } },
        helm_release: {
          K: { name: "keda", namespace: "keda", chart: "keda", repository: "https://x", version: "2.0.0" },
        },
      },
    }),
  },
];

async function run(...args: string[]): Promise<{ out: string; err: string; exitCode: number; helm: number }> {
  const seen = { out: "", err: "", exitCode: 0, helm: 0 };
  const output = {
    line: (text: string) => (seen.out += `${text}\n`),
    raw: (text: string) => (seen.out += text),
    error: (text: string) => (seen.err += `${text}\n`),
  };
  const program = new Command("flightdeck").exitOverride().configureOutput({ writeErr: output.error });
  const context = { root: ROOT, configRoot: ROOT, output } as unknown as CliContext;
  addRender(program, context, (code) => (seen.exitCode = code), {
    withSynthesis: async (_context, _config, use) => use(STACKS),
    helm: () => {
      seen.helm++;
      return Promise.resolve(undefined);
    },
  });
  try {
    await program.parseAsync(["render", ...args], { from: "user" });
  } catch (error) {
    const { exitCode, text } = describeError(error, false);
    return { ...seen, exitCode, err: seen.err + text };
  }
  return seen;
}

test("objects are printed in the order of the layers; charts and problems go to the error output", async () => {
  expect(await run("atlas/dev")).toEqual({
    out: `---
# atlas-dev-network kubernetes_namespace_v1.A
apiVersion: v1
kind: Namespace
metadata:
  name: a
---
# atlas-dev-data kubernetes_namespace_v1.B
apiVersion: v1
kind: Namespace
metadata:
  name: b
`,
    err: `Not rendered: 1 of 1 charts.
  keda  2.0.0  atlas-dev-network  no Helm to render it with
atlas-dev-data kubernetes_env.E: \`kubernetes_env\` stands for no Kubernetes object that can be rendered; use its \`_v1\` type
`,
    exitCode: 1,
    helm: 1,
  });
});

test("one layer as JSON, without charts", async () => {
  const { out, exitCode, helm } = await run("atlas/dev", "--layer", "network", "--format", "json", "--charts", "never");
  const { objects, charts } = JSON.parse(out) as { objects: { address: string }[]; charts: unknown[] };
  expect(objects.map(({ address }) => address)).toEqual(["kubernetes_namespace_v1.A"]);
  expect([charts.length, exitCode, helm]).toEqual([1, 0, 0]);
});

test("a layer that does not exist is refused with those that do", async () => {
  const { err, exitCode } = await run("atlas/dev", "--layer", "networks");
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^--layer must be a layer of the environment \(network, data, cluster.*\), got `networks`$/);
});

test("the sandbox pins providers within the windows that the stacks state", () => {
  expect(CLUSTER_PROVIDERS.map(({ constraints }) => constraints)).toEqual([
    KUBERNETES_PROVIDER_WINDOW,
    HELM_PROVIDER_WINDOW,
  ]);
});
