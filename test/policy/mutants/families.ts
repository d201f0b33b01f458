import { gather } from "./gather";
import type { Mutant } from "./mutant";

/** Which families of mutants are tried together: each group has a test file of its name, so that they run side by side. */
export const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  access: ["iam", "load-balancer", "network"],
  compute: ["clone", "cost", "cross-stack", "eks", "gpu", "node", "scheduling"],
  objects: ["helm", "k8s", "observability"],
  storage: ["cache", "data", "ecr", "efs", "kms", "logs", "plan", "rds", "s3", "secrets"],
};

/** All mutants by the name of the file that defines them. */
export function mutantsByFamily(): ReadonlyMap<string, readonly Mutant[]> {
  return gather<readonly Mutant[]>("mutants", "mutants");
}
