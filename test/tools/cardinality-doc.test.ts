import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exporters } from "../../catalog";
import { cardinalityPage } from "../../tools/cardinality-doc";
import { ROOT } from "../support/platform";

/** Without what only lays out the table. */
const cellsOf = (page: string) =>
  page
    .replaceAll(/ *\| */g, "|")
    .replaceAll(/-+:?/g, "-")
    .replaceAll(/\s+/g, " ")
    .trim();

test("the page of estimates is committed as it is computed; `npm run catalog:cardinality` writes it", () => {
  expect(cellsOf(readFileSync(join(ROOT, "docs/cardinality.md"), "utf8"))).toBe(cellsOf(cardinalityPage()));
});

test("every exporter is on it", () => {
  const page = cardinalityPage();
  expect(exporters().filter(({ name }) => !page.includes(`| ${name} |`))).toEqual([]);
});
