import type { Command } from "commander";
import { UnknownNameError } from "../../catalog";
import { explainRule, judgeExample } from "../../policy";
import type { CliContext } from "../context";
import { allRules } from "../policy/all-rules";

/** `flightdeck policy explain RULE` */
export function addPolicyExplain(policy: Command, context: CliContext): void {
  const { output, configRoot } = context;
  policy
    .command("explain")
    .description("says why there is a rule, what to write instead, and shows what fails and what passes")
    .argument("<rule>", "its id or slug")
    .addHelpText("after", "\nExample:\n  npx flightdeck policy explain FD-GPU-001")
    .action((named: string) => {
      const rules = allRules(configRoot, context.now());
      const rule = rules.find(({ id, slug }) => id === named.toUpperCase() || slug === named);
      if (!rule) {
        const known = rules.map(({ id, slug }) => (/^[A-Z]+-/.test(named) ? id : slug));
        throw new UnknownNameError("rule", named, known);
      }
      const failing = judgeExample(rule, rule.examples.failing).findings.map(({ message }) => message);
      output.raw(explainRule(rule, { failing }, { colour: output.coloured, width: output.width() }));
    });
}
