import { Option } from "commander";
import type { Command } from "commander";
import { loadEnvironment } from "../../config";
import type { EnvironmentConfig } from "../../config";
import { renderStacks, toYaml } from "../../rendering";
import type { Helm, Rendering, SynthesizedStack } from "../../rendering";
import { CliError } from "../cli-error";
import { columns } from "../columns";
import type { CliContext } from "../context";
import type { EndWith } from "../end-with";
import { environmentStacks } from "../environment-stacks";
import { helmOf } from "../render/find-helm";
import { withSynthesis } from "../synthesis";
import type { WithSynthesis } from "../synthesis";

interface Options {
  readonly layer?: string;
  readonly format: "yaml" | "json";
  readonly charts: "auto" | "never";
}

/** The parts that reach outside of the command line. */
interface Outside {
  readonly withSynthesis: WithSynthesis;
  readonly helm: (context: CliContext) => Promise<Helm | undefined>;
}

/** `flightdeck render ENV` */
export function addRender(
  program: Command,
  context: CliContext,
  endWith: EndWith,
  outside: Outside = { withSynthesis, helm: helmOf },
): void {
  program
    .command("render")
    .description("prints every Kubernetes object that the layers of an environment would create")
    .argument("<environment>", "<project>/<stage>")
    .option("--layer <layer>", "only this layer")
    .addOption(new Option("--format <format>", "how objects are written").choices(["yaml", "json"]).default("yaml"))
    .addOption(
      new Option(
        "--charts <when>",
        "whether charts are rendered: with a local Helm where their source answers, or never",
      )
        .choices(["auto", "never"])
        .default("auto"),
    )
    .addHelpText("after", "\nExample:\n  npx flightdeck render atlas/dev --layer controllers > objects.yaml")
    .action(async (environment: string, { layer, format, charts }: Options) => {
      const config = loadEnvironment(context.configRoot, environment);
      const helm = charts === "auto" ? await outside.helm(context) : undefined;
      const rendering = await outside.withSynthesis(context, config, (stacks) =>
        renderStacks(chosenStacks(stacks, config, layer), { helm, kubernetesVersion: config.cluster.version }),
      );
      print(context, rendering, format);
      if (rendering.problems.length > 0) endWith(1);
    });
}

/** In the order of the environment. */
function chosenStacks(
  stacks: readonly SynthesizedStack[],
  config: EnvironmentConfig,
  layer: string | undefined,
): SynthesizedStack[] {
  const layers = environmentStacks(config).map((stack) => stack.layer);
  if (layer !== undefined && !layers.includes(layer)) {
    throw new CliError(2, `--layer must be a layer of the environment (${layers.join(", ")}), got \`${layer}\``);
  }
  const ordered = [...stacks].sort((one, other) => layers.indexOf(one.layer) - layers.indexOf(other.layer));
  return ordered.filter((stack) => layer === undefined || stack.layer === layer);
}

function print({ output }: CliContext, { objects, charts, problems }: Rendering, format: Options["format"]): void {
  if (format === "json") output.line(JSON.stringify({ objects, charts, problems }, null, 2));
  else output.raw(toYaml(objects));
  const left = charts.filter(({ reason }) => reason !== undefined);
  if (left.length > 0) {
    output.error(`Not rendered: ${left.length} of ${charts.length} charts.`);
    columns(left.map(({ chart, version = "", stack, reason = "" }) => ["", chart, version, stack, reason])).forEach(
      output.error,
    );
  }
  for (const { stack, address, message } of problems) output.error(`${stack} ${address}: ${message}`);
}
