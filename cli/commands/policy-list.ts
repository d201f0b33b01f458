import { Option } from "commander";
import type { Command } from "commander";
import { PACKS, SEVERITIES } from "../../policy/engine/rule";
import type { Pack, Severity } from "../../policy/engine/rule";
import type { CliContext } from "../context";
import { loadOnUse } from "../policy/load-on-use";

interface Options {
  readonly pack?: readonly Pack[];
  readonly severity?: readonly Severity[];
  readonly family?: readonly string[];
  readonly json?: boolean;
}

/** `flightdeck policy list` */
export function addPolicyList(policy: Command, context: CliContext): void {
  const { output, configRoot } = context;
  policy
    .command("list")
    .description("lists all rules")
    .addOption(new Option("--pack <pack...>", "rules of these packs").choices(PACKS))
    .addOption(new Option("--severity <severity...>", "rules of these severities").choices(SEVERITIES))
    .option("--family <family...>", "rules of these families, e.g. gpu")
    .option("--json", "print the list as JSON")
    .addHelpText("after", "\nExample:\n  npx flightdeck policy list --pack gpu")
    .action(({ pack, severity, family, json }: Options) => {
      const { listRules, listRulesJson } = loadOnUse("../../policy");
      const { allRules } = loadOnUse("./all-rules");
      const filter = { packs: pack, severities: severity, families: family };
      const rules = allRules(configRoot, context.now());
      // What reads a pipe takes whole lines.
      const width = output.interactive ? output.width() : Number.MAX_SAFE_INTEGER;
      const style = { colour: output.coloured, width };
      output.raw(json ? listRulesJson(rules, filter) : listRules(rules, filter, style));
    });
}
