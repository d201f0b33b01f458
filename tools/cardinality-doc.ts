import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type PlatformScale, REFERENCE_SCALE, seriesEstimates } from "../catalog";

const FILE = resolve(__dirname, "..", "docs/cardinality.md");

/** The page that says how many series each exporter adds to Prometheus at the reference scale, most first. */
export function cardinalityPage(): string {
  const rows = seriesEstimates();
  const total = rows.reduce((sum, { series }) => sum + series, 0);
  const samples = rows.reduce((sum, { samplesPerSecond }) => sum + samplesPerSecond, 0);
  return [
    "# Cardinality",
    "",
    `About how many series each exporter has in Prometheus on a platform of ${scaleText(REFERENCE_SCALE)}: ${count(total)} in all, ${count(Math.round(samples))} samples a second. Estimates, computed by \`npm run catalog:cardinality\` from the labels in \`catalog/metrics\`, before anything is dropped while scraping; nobody measured them. A panel that reads a metric with more than 1,000 series of its own is refused at synthesis: a recording rule must stand between.`,
    "",
    "| exporter | series | samples a second | widest metric | its series |",
    "| --- | ---: | ---: | --- | ---: |",
    ...rows.map(
      ({ exporter, series, samplesPerSecond, widest }) =>
        `| ${exporter} | ${count(series)} | ${samplesPerSecond.toLocaleString("en-US")} | \`${widest.metric}\` | ${count(widest.series)} |`,
    ),
    "",
  ].join("\n");
}

/** `50 nodes, 200 gpus, …` */
function scaleText(scale: PlatformScale): string {
  const parts = Object.entries(scale).map(([what, amount]) => `${count(amount)} ${wordsOf(what)}`);
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace("gpus", "GPUs");
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** Writes the page, laid out as the repository's other pages are. */
async function write(): Promise<void> {
  const { format } = await import("prettier");
  writeFileSync(FILE, await format(cardinalityPage(), { filepath: FILE, printWidth: 120 }));
  process.stdout.write(`${join("docs", "cardinality.md")}\n`);
}

if (require.main === module) void write();
