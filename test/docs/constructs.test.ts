import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSource } from "../architecture/checks/source-file";
import { exportedConstructs } from "../architecture/checks/constructs";
import { docPages } from "../support/doc-examples";
import { ROOT } from "../support/platform";

const pages = docPages();
const SECTIONS = ["What it creates", "Defaults", "Errors"];

interface ConstructFile {
  readonly page: string;
  readonly path: string;
  readonly text: string;
}

/** The files of the library that export a construct. */
function constructFiles(): ConstructFile[] {
  const files = readdirSync(join(ROOT, "constructs"), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts") && !file.includes("private/"))
    .map((file) => ({ file, text: readFileSync(join(ROOT, "constructs", file), "utf8") }))
    .filter(({ file, text }) => exportedConstructs(parseSource(`constructs/${file}`, text)).length > 0)
    .map(({ file, text }) => ({ page: file.replace(/^.*\//, "").replace(/\.ts$/, ""), path: file, text }));
}

/** Codes of the errors that a text names. */
function codesIn(text: string): string[] {
  return [...new Set(text.match(/\b(?:INVALID|UNKNOWN)_[A-Z_]+\b/g) ?? [])].sort();
}

test("every construct has a page", () => {
  const named = pages.map(({ name }) => name);
  expect(
    constructFiles()
      .map(({ page }) => page)
      .filter((page) => !named.includes(page)),
  ).toEqual([]);
});

test("the list of pages has them all", () => {
  const list = readFileSync(join(ROOT, "docs/constructs/README.md"), "utf8");
  expect(pages.map(({ name }) => name).filter((name) => !list.includes(`](${name}.md)`))).toEqual([]);
});

test("every page names the errors that the construct says it throws", () => {
  const silent = constructFiles().flatMap(({ page, path, text }) => {
    const told = pages.find(({ name }) => name === page)?.text ?? "";
    const thrown = codesIn([...text.matchAll(/@throws[^\n]*/g)].join("\n"));
    return thrown.filter((code) => !told.includes(code)).map((code) => `${path}: ${code}`);
  });
  expect(silent).toEqual([]);
});

describe.each(pages.map((page) => [page.name, page] as const))("the page %s", (_name, { text }) => {
  test("says what the construct is for, what it creates, its defaults and its errors", () => {
    expect(text).toMatch(/^# \w+\n\n[A-Z]/);
    expect(SECTIONS.filter((section) => !text.includes(`\n## ${section}\n`))).toEqual([]);
  });

  test("names no error that does not exist", () => {
    const known = codesIn(constructTexts());
    expect(codesIn(text).filter((code) => !known.includes(code))).toEqual([]);
  });
});

let texts: string | undefined;

function constructTexts(): string {
  texts ??= readdirSync(join(ROOT, "constructs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(ROOT, "constructs", file), "utf8"))
    .join("\n");
  return texts;
}
