import { environmentIds, loadEnvironment } from "../../config";
import type { EnvironmentConfig } from "../../config";
import type { PolicyInput } from "../../policy";
import type { SynthesizedStack } from "../../rendering";

/** An environment and its synthesised stacks in the shape in which policy checks take them. */
export function environmentInput(
  configRoot: string,
  config: EnvironmentConfig,
  stacks: readonly SynthesizedStack[],
): PolicyInput {
  const { project, stage, account, region } = config;
  return {
    name: `${project}/${stage}`,
    stage,
    environment: { project, account, region, others: environmentsBeside(configRoot, config) },
    modules: stacks.map(({ id, json, folder }) => ({ id, folder, files: [{ file: `${id}/cdk.tf.json`, text: json }] })),
  };
}

/** The other environments. One whose file is broken has no name or account yet that could be mixed up with this one's. */
function environmentsBeside(
  configRoot: string,
  { project, stage }: EnvironmentConfig,
): { project: string; stage: string; account: string }[] {
  return environmentIds(configRoot)
    .filter((id) => id !== `${project}/${stage}`)
    .flatMap((id) => {
      try {
        const { project: other, stage: of, account } = loadEnvironment(configRoot, id);
        return [{ project: other, stage: of, account }];
      } catch {
        return [];
      }
    });
}
