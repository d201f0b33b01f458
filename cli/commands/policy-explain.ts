import type { Command } from "commander";
import type { CliContext } from "../context";
import { loadOnUse } from "../policy/load-on-use";

/** `flightdeck policy explain RULE` */
export function addPolicyExplain(policy: Command, context: CliContext): void {
  const { output, configRoot } = context;
  policy
    .command("explain")
    .description("says why there is a rule, what to write instead, and shows what fails and what passes")
    .argument("<rule>", "its id or slug")
    .addHelpText("after", "\nExample:\n  npx flightdeck policy explain FD-GPU-001")
    .action((named: string) => {
      const { explainRule, judgeExample } = loadOnUse("../../policy");
      const { allRules } = loadOnUse("./all-rules");
      const { findRule } = loadOnUse("./find-rule");
      const rule = findRule(allRules(configRoot, context.now()), named);
      const failing = judgeExample(rule, rule.examples.failing).findings.map(({ message }) => message);
      output.raw(explainRule(rule, { failing }, { colour: output.coloured, width: output.width() }));
    });
}
