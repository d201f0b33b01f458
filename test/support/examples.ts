import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { EksCluster, type GpuNodePool, type NeuronNodePool } from "../../constructs";
import { minimalClusterProps, SYSTEM_POOL } from "./cluster";
import { synthesize, type Synthesized } from "./synth";

/** A pool that an example adds. */
export type ExamplePool = GpuNodePool | NeuronNodePool;

type Example = (cluster: EksCluster) => ExamplePool | readonly ExamplePool[];

const FOLDER = join(__dirname, "../../examples/gpu-pools");

/** Names of the example pools, as their files are called. */
export function examplePools(): string[] {
  return readdirSync(FOLDER).map((file) => file.replace(/\.ts$/, ""));
}

/** Text of an example's file. */
export function exampleText(name: string): string {
  return readFileSync(join(FOLDER, `${name}.ts`), "utf8");
}

/** A cluster with the pools of the examples named, synthesised together. */
export async function synthesizeExamples(
  names: readonly string[],
  use: (name: string, pools: readonly ExamplePool[]) => void = () => undefined,
): Promise<Synthesized> {
  const loaded = await Promise.all(
    names.map(async (name) => [name, ((await import(join(FOLDER, name))) as { addPool: Example }).addPool] as const),
  );
  return synthesize((stack) => {
    const cluster = new EksCluster(stack, "Cluster", minimalClusterProps(stack));
    cluster.addNodePool("SystemPool", SYSTEM_POOL);
    for (const [name, addPool] of loaded) {
      const added = addPool(cluster);
      use(name, "poolName" in added ? [added] : added);
    }
  });
}
