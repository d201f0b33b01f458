import { Command, InvalidArgumentError } from "commander";
import { join, resolve } from "node:path";
import { readChartFolders } from "./read-chart-folder";
import { readFactsFolder } from "./read-facts";
import { type Formatter, readIndex, writeCatalogue } from "./write-catalogue";

const CATALOGUE = resolve(__dirname, "../..", "catalog/charts");

interface Options {
  readonly facts?: boolean;
  readonly asOf: string;
  readonly repository: Readonly<Record<string, string>>;
  readonly into: string;
}

/** `npm run catalog:charts -- DIR`. */
export function command(say: (line: string) => void, layOut: Formatter): Command {
  return new Command("catalog:charts")
    .description(
      "Puts charts into the catalogue. DIR holds each chart unpacked in a folder of its own, as `helm pull --untar` leaves it.",
    )
    .argument("<dir>", "folder of the charts")
    .option("--facts", "DIR holds a JSON file of facts for each chart instead of the charts themselves")
    .option("--as-of <date>", "day or month on which the charts were taken, YYYY-MM-DD or YYYY-MM", date, today())
    .option("--repository <chart=address>", "where a chart is published that is new to the catalogue", repository, {})
    .option("--into <dir>", "folder of the catalogue", CATALOGUE)
    .action(async (dir: string, options: Options) => {
      const known = readIndex(options.into).charts;
      const charts = options.facts
        ? readFactsFolder(resolve(dir), options.asOf)
        : readChartFolders(resolve(dir), {
            asOf: options.asOf,
            repositoryOf: (chart) => options.repository[chart] ?? known[chart]?.repository,
            warn: say,
          });
      await writeCatalogue(options.into, charts, layOut);
      for (const { name, version, values } of charts) {
        const before = known[name]?.version;
        const change = before === undefined || before === version ? "" : `, was ${before}`;
        say(`${join(options.into, `${name}.json`)}: ${name} ${version}${change}, ${Object.keys(values).length} values`);
      }
    });
}

function repository(given: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, chart, address] = /^([\w.-]+)=((?:https|oci):\/\/\S+)$/.exec(given) ?? [];
  if (chart === undefined || address === undefined) {
    throw new InvalidArgumentError("write it as CHART=https://… or CHART=oci://…");
  }
  return { ...before, [chart]: address };
}

function date(given: string): string {
  if (!/^\d{4}-\d{2}(-\d{2})?$/.test(given)) throw new InvalidArgumentError("write it as YYYY-MM-DD or YYYY-MM");
  return given;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
