import pc from "picocolors";
import type { Example, Rule } from "../engine/rule";
import { exampleSnippets } from "./private/example-snippets";
import { exceptionWords } from "./private/exception-words";
import { foreignIds } from "./private/foreign-ids";
import { TextBlock } from "./private/text-block";
import type { TextStyle } from "./report-options";

type Colours = ReturnType<typeof pc.createColors>;

/** What a rule says of its own examples. */
export interface RuleSays {
  /** Messages of its failing example. */
  readonly failing: readonly string[];
}

/**
 * Explains a rule: what it asks and why, what to write instead, then an example that it fails, what it says of it, and one that
 * it passes.
 *
 * @param says messages of the rule itself, from judging its failing example
 */
export function explainRule(rule: Rule, { failing }: RuleSays, { colour, width }: TextStyle): string {
  const block = new TextBlock(width);
  const colours = pc.createColors(colour);
  addHead(block, colours, rule);
  block.gap();
  addExample(block, colours, "✘ Fails", rule.examples.failing, colours.red);
  if (failing.length > 0) block.gap();
  for (const message of failing)
    block.add(message, { indent: 2, label: "→ ", paint: colours.red, paintLabel: colours.red });
  block.gap();
  addExample(block, colours, "✔ Passes", rule.examples.passing, colours.green);
  return block.toString();
}

function addHead(block: TextBlock, { bold, dim }: Colours, rule: Rule): void {
  block.add(rule.title, { label: `${rule.id}  `, paint: bold, paintLabel: bold });
  block.add(factsOf(rule), { paint: dim });
  block.gap();
  block.add(rule.why, { label: "Why      ", paintLabel: dim });
  block.add(rule.fix, { label: "Fix      ", paintLabel: dim });
  const same = foreignIds(rule);
  if (same.length > 0) block.add(same.join("; "), { label: "Same as  ", paintLabel: dim });
}

function factsOf(rule: Rule): string {
  const { slug, severity, packs } = rule;
  const exception = exceptionWords(rule);
  const named = `${packs.length === 1 ? "pack" : "packs"} ${packs.join(", ")}`;
  return [slug, severity, named, ...(exception === "" ? [] : [exception])].join(" · ");
}

function addExample(
  block: TextBlock,
  { bold, dim }: Colours,
  heading: string,
  example: Example,
  paint: (text: string) => string,
): void {
  block.add(heading, { paint: (text) => bold(paint(text)) });
  for (const { title, text } of exampleSnippets(example)) {
    block.gap();
    if (title !== undefined) block.add(`# ${title}`, { indent: 2, paint: dim });
    block.addVerbatim(text, 2);
  }
}
