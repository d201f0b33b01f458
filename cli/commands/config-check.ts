import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { Command } from "commander";
import { ConfigError, loadEnvironments } from "../../config";
import type { ConfigProblem } from "../../config";
import { CliError } from "../cli-error";
import type { CliContext } from "../context";
import type { EndWith } from "../end-with";

/** `flightdeck config check [FILE…]` */
export function addConfigCheck(config: Command, context: CliContext, endWith: EndWith): void {
  config
    .command("check")
    .description("checks environments, each by itself and all against each other, and reports every problem")
    .argument("[files...]", "report only problems of these files")
    .option("--json", "print the problems as JSON")
    .addHelpText("after", "\nExample:\n  npx flightdeck config check config/environments/atlas/dev.yaml")
    .action((files: readonly string[], { json }: { json?: boolean }) => {
      const chosen = files.map((file) => environmentFile(context, file));
      const { problems, environments } = check(context.configRoot);
      const reported = chosen.length === 0 ? problems : problems.filter(({ file }) => chosen.includes(file));
      if (json) context.output.line(JSON.stringify({ problems: reported }, null, 2));
      else if (reported.length > 0) context.output.error(new ConfigError(reported).message);
      else context.output.line(praise(chosen, environments));
      if (reported.length > 0) endWith(2);
    });
}

function check(configRoot: string): { problems: readonly ConfigProblem[]; environments: readonly string[] } {
  try {
    return {
      problems: [],
      environments: loadEnvironments(configRoot).map(({ project, stage }) => `${project}/${stage}`),
    };
  } catch (error) {
    if (error instanceof ConfigError) return { problems: error.problems, environments: [] };
    throw error;
  }
}

function environmentFile({ cwd, configRoot }: CliContext, file: string): string {
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new CliError(2, `There is no file \`${file}\`.`);
  const inside = relative(configRoot, path).replaceAll("\\", "/");
  if (/^config\/environments\/[^/]+\/[^/]+\.yaml$/.test(inside)) return inside;
  throw new CliError(2, `An environment is a file config/environments/<project>/<stage>.yaml, got \`${file}\`.`);
}

function praise(files: readonly string[], environments: readonly string[]): string {
  if (files.length > 0) return `Nothing to mend in ${files.join(", ")}.`;
  const noun = environments.length === 1 ? "environment" : "environments";
  return `Nothing to mend in ${environments.length} ${noun}: ${environments.join(", ")}.`;
}
