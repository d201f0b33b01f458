import { Option } from "commander";
import type { Command } from "commander";
import { PACKS } from "../../policy/engine/rule";
import { FORMATS } from "../../policy/reports/formats";
import type { CliContext } from "../context";
import type { EndWith } from "../end-with";
import { loadOnUse } from "../policy/load-on-use";
import type { PolicyCheckOptions, PolicyCheckOutside } from "../policy/run-policy-check";
import { helmOf } from "../render/find-helm";
import { withSynthesis } from "../synthesis";

const EXAMPLES = `
Examples:
  npx flightdeck policy check
  npx flightdeck policy check atlas/prod --format sarif --out policy.sarif
  npx flightdeck policy check atlas/prod --plan atlas-prod-data=plan.json
  npx flightdeck policy check --synth ../other/cdktf.out --stage dev`;

/** `flightdeck policy check [ENV…]` */
export function addPolicyCheck(
  policy: Command,
  context: CliContext,
  endWith: EndWith,
  outside: PolicyCheckOutside = { withSynthesis, helm: helmOf },
): void {
  policy
    .command("check")
    .description("judges environments, or Terraform JSON, plans and Kubernetes objects of anyone")
    .argument("[environments...]", "<project>/<stage>; all when nothing is named")
    .option("--synth <path...>", "Terraform JSON: a file, a folder, or CDKTF's output folder")
    .option("--plan <[stack=]file...>", "what `terraform show -json` printed of a plan")
    .option("--objects <file...>", "Kubernetes YAML")
    .addOption(
      new Option("--stage <stage>", "stage of what is of no environment; prod when left out").choices([
        "dev",
        "staging",
        "prod",
      ]),
    )
    .addOption(new Option("--format <format>", "how the report is written").choices(FORMATS).default("text"))
    .option("--out <file>", "write the report there instead of printing it")
    .addOption(new Option("--pack <pack...>", "these packs instead of those of the settings").choices(PACKS))
    .option("--rule <rule...>", "only these rules, by id or slug")
    .option("--override <reason>", "let findings of level soft pass this once")
    .option("--write-baseline", "take everything that is found now for known")
    .option("--update-baseline", "drop from the baseline what is no longer found")
    .option("--skips <folder>", "write waivers there as checkov and trivy read them")
    .addOption(
      new Option(
        "--charts <when>",
        "whether charts are rendered: with a local Helm where their source answers, or never",
      )
        .choices(["auto", "never"])
        .default("auto"),
    )
    .option("--verbose", "every place of every rule")
    .addHelpText("after", EXAMPLES)
    .action(async (environments: string[], options: PolicyCheckOptions) => {
      const { runPolicyCheck } = loadOnUse("./run-policy-check");
      if (!(await runPolicyCheck(context, environments, options, outside))) endWith(1);
    });
}
