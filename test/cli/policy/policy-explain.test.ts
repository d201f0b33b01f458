import { judgeExample, rules } from "../../../policy";
import { temporaryFolder } from "../../support/temporary-folder";
import { runPolicy } from "./run-policy";

const words = (text: string): string => text.replaceAll(/[\s→]+/g, " ");

test("says why there is a rule, what to write instead, and shows both", async () => {
  const { exitCode, out } = await runPolicy(["explain", "FD-LOG-002"]);
  expect(exitCode).toBe(0);
  expect(out).toBe(`FD-LOG-002  A log group deletes old events some day
log-group-expires · medium · packs baseline, cost

Why      Events are kept and paid for until somebody deletes the group, and
         personal data in them longer than anyone may keep it.
Fix      Set \`retention_in_days\`.
Same as  checkov CKV_AWS_66

✘ Fails

  resource "aws_cloudwatch_log_group" "app" {
    name = "/atlas/app"
  }

  → \`retention_in_days\` must be set, got nothing

✔ Passes

  resource "aws_cloudwatch_log_group" "app" {
    name              = "/atlas/app"
    retention_in_days = 365
  }
`);
});

test("every rule is explained: why, how to mend it, what it says of what fails, and what passes", async () => {
  const incomplete: string[] = [];
  const root = temporaryFolder();
  for (const rule of rules) {
    const { exitCode, out, err } = await runPolicy(["explain", rule.id], { width: 110, root });
    const said = judgeExample(rule, rule.examples.failing).findings.map(({ message }) => message);
    const [failing = "", passing = ""] = out.split("✘ Fails")[1]?.split("✔ Passes") ?? [];
    const parts = [rule.id, rule.title, rule.slug, rule.why, rule.fix].every((part) =>
      words(out).includes(words(part)),
    );
    const messages = said.length > 0 && said.every((message) => words(failing).includes(words(message)));
    const complete = parts && messages && /\n {2}\S/.test(failing) && /\n {2}\S/.test(passing);
    if (exitCode !== 0 || err !== "" || !complete) incomplete.push(`${rule.id} ${exitCode} ${err}\n${out}`);
  }
  expect(incomplete).toEqual([]);
});

test.each(["fd-log-002", "log-group-expires", "LOG-GROUP-EXPIRES"])("%s names it too", async (named) => {
  const { exitCode, out } = await runPolicy(["explain", named]);
  expect([exitCode, out.split("  ")[0]]).toEqual([0, "FD-LOG-002"]);
});

test.each([
  ["FD-LOG-02", 'unknown rule "FD-LOG-02", did you mean "FD-LOG-002"?'],
  ["fd-gpu-0001", 'unknown rule "FD-GPU-0001", did you mean "FD-GPU-001"?'],
  ["log-group-expire", 'unknown rule "log-group-expire", did you mean "log-group-expires"?'],
])("%s leads to the nearest one", async (named, message) => {
  const { exitCode, err, out } = await runPolicy(["explain", named]);
  expect([exitCode, out, err.split(";")[0]]).toEqual([2, "", message]);
});

test("a rule must be named", async () => {
  const { exitCode, err } = await runPolicy(["explain"]);
  expect([exitCode, err]).toEqual([2, "error: missing required argument 'rule'\n"]);
});
