import { Construct } from "constructs";
import { Namespace, Workload } from "../../constructs";
import { defineGivenNames, docPages, PROVIDERS_PAGE, runExample } from "./doc-examples";
import { examplePools, synthesizeExamples } from "./examples";
import { allEnvironments, readStack, synthesizePlatforms } from "./platform";
import { importedCluster } from "./cluster";
import { kubernetesStack, synthesizeKubernetes } from "./kubernetes";
import { synth, type Synthesized } from "./synth";

/** Everything this repository synthesises, by name: each stack of each environment, all pages' examples, all example pools. */
export async function everythingSynthesized(): Promise<ReadonlyMap<string, Synthesized>> {
  const stacks = Object.entries(synthesizePlatforms(allEnvironments()).texts);
  return new Map([
    ...stacks.map(([id, text]) => [id, readStack(text)] as const),
    ["docs/constructs", synthesizePages()],
    ["workloads of every kind", synthesizeWorkloads()],
    ["examples/gpu-pools", await synthesizeExamples(examplePools())],
  ]);
}

/** The examples of all pages in one stack, but for the one that defines providers. */
export function synthesizePages(): Synthesized {
  const stack = kubernetesStack();
  const pages = docPages().filter(({ name }) => name !== PROVIDERS_PAGE);
  for (const [index, { name, example }] of pages.entries()) {
    const page = new Construct(stack, name);
    runExample(example, defineGivenNames(page, `page${index}`), page);
  }
  return synth(stack);
}

/** A workload of each kind, with a file of its own. */
export function synthesizeWorkloads(): Synthesized {
  return synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    const namespace = Namespace.fromNamespaceName(stack, "Namespace", "training");
    const container = { image: "registry.example.com/job:1.4.0", resources: { cpu: "0.5", memory: "1024Mi" } };
    const shared = { cluster, namespace, container, configFiles: { "/etc/job.yaml": "workers: 2\n" } };
    new Workload(stack, "Job", { ...shared, name: "once", run: { kind: "job" } });
    new Workload(stack, "CronJob", { ...shared, name: "nightly", run: { kind: "cron-job", schedule: "0 3 * * *" } });
  });
}
