import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, { readonly "timeout-minutes"?: number; readonly permissions?: unknown }>>;
}

const folder = resolve(__dirname, "../../.github/workflows");
const workflows = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);

/** Actions named by a tag or a branch, which their owner can move, or pinned without saying to what. */
function findLoosePins(name: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const action = /uses:\s*(\S+)/.exec(line)?.[1];
    if (action === undefined || /@[0-9a-f]{40}\s+# v\d+\.\d+\.\d+$/.test(line)) return [];
    return [`${name}:${index + 1} uses ${action}: pin it by full commit and name the tag in a comment.`];
  });
}

test.each(workflows)("%s pins every action by commit, may only read, and ends in time", (name, text) => {
  const workflow = parse(text) as Workflow;
  expect(findLoosePins(name, text)).toEqual([]);
  expect(workflow.permissions).toEqual({ contents: "read" });
  const endless = Object.entries(workflow.jobs).filter(([, job]) => job["timeout-minutes"] === undefined);
  expect(endless.map(([job]) => job)).toEqual([]);
});

test("the check finds tags, branches, short commits and commits without their tag", () => {
  const commit = "0123456789abcdef0123456789abcdef01234567";
  const text = ["a/b@v4", "a/b@main", "a/b@0123456", `a/b@${commit}`, `a/b@${commit} # v1.2.3`].map(
    (use) => `- uses: ${use}`,
  );
  expect(findLoosePins("ci.yml", text.join("\n"))).toEqual([
    "ci.yml:1 uses a/b@v4: pin it by full commit and name the tag in a comment.",
    "ci.yml:2 uses a/b@main: pin it by full commit and name the tag in a comment.",
    "ci.yml:3 uses a/b@0123456: pin it by full commit and name the tag in a comment.",
    `ci.yml:4 uses a/b@${commit}: pin it by full commit and name the tag in a comment.`,
  ]);
});
