import { GpuNodePool, type GpuNodePoolProps } from "../../constructs/cluster/gpu-node-pool";
import { importedCluster } from "./cluster";
import { failure } from "./fixtures";
import { synthesize, type Synthesized, testStack } from "./synth";

/** What a GPU pool is tried with, the cluster aside. */
export type GpuPoolOptions = Partial<Omit<GpuNodePoolProps, "cluster">>;

const MINIMAL = { poolName: "training", instanceTypes: ["g6.xlarge"], maxSize: 4 };

/** A GPU pool in a cluster defined elsewhere, synthesised. */
export function gpuPool(options: GpuPoolOptions = {}, use: (pool: GpuNodePool) => void = () => undefined): Synthesized {
  return synthesize((stack) => {
    use(new GpuNodePool(stack, "Pool", { cluster: importedCluster(stack), ...MINIMAL, ...options }));
  });
}

/** Code and message with which a GPU pool is refused. */
export function refusedGpuPool(options: GpuPoolOptions): { code: string; message: string } {
  return failure(() => {
    const stack = testStack();
    new GpuNodePool(stack, "Pool", { cluster: importedCluster(stack), ...MINIMAL, ...options });
  });
}

/** What `refusedGpuPool` answers for these problems. */
export function gpuPoolProblems(...lines: string[]): { code: string; message: string } {
  return { code: "INVALID_GPU_NODE_POOL_PROPS", message: [...lines, "  in test/Pool"].join("\n") };
}

/** The launch template's user data as text. */
export function userDataOf(out: Synthesized): string {
  return Buffer.from(String(out.resource("aws_launch_template")["user_data"]), "base64").toString("utf8");
}
