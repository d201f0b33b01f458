import { AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parse } from "yaml";
import type { Chart } from "../../../catalog";
import type { PropProblem } from "../../core/errors";
import type { ChartSource } from "../chart-source";

/** The arguments of a release that say where its chart is. */
export interface ChartLocation {
  /** Name of the chart, or the path of its folder. */
  readonly chart: string;
  /** Where the chart is published; undefined: it is a folder. */
  readonly repository?: string;
  /** Version of the chart. */
  readonly version: string;
}

const OCI_ADDRESS = /^oci:\/\/[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9][a-z0-9._-]*)*$/;

/** Why the chart cannot be taken from there. */
export function sourceProblems(scope: Construct, chart: Chart | undefined, source: ChartSource): PropProblem[] {
  switch (source.kind) {
    case "upstream":
      return [];
    case "oci-mirror": {
      const { address } = source;
      const rule = "must be an address oci://<host>/<path>, without a slash at the end";
      return OCI_ADDRESS.test(address) ? [] : [{ prop: "source.address", rule, got: address }];
    }
    case "folder":
      return chart === undefined ? [] : folderProblems(scope, chart, source.path);
  }
}

/** Where Terraform finds the chart. A folder is copied beside the stack. */
export function chartLocation(scope: Construct, chart: Chart, source: ChartSource): ChartLocation {
  const { name, version } = chart;
  switch (source.kind) {
    case "upstream":
      return { chart: name, repository: chart.repository, version };
    case "oci-mirror":
      return { chart: name, repository: source.address, version };
    case "folder": {
      const path = join(absolutePath(scope, source.path), name);
      return { chart: new TerraformAsset(scope, "Chart", { path, type: AssetType.DIRECTORY }).path, version };
    }
  }
}

function folderProblems(scope: Construct, { name, version }: Chart, path: string): PropProblem[] {
  const prop = "source.path";
  const file = join(absolutePath(scope, path), name, "Chart.yaml");
  if (!existsSync(file)) {
    return [{ prop, rule: `must be a folder that holds the unpacked chart as ${name}/Chart.yaml`, got: path }];
  }
  const { version: found, dependencies } = (parse(readFileSync(file, "utf8")) ?? {}) as ChartFile;
  const problems: PropProblem[] = [];
  if (found !== version) {
    problems.push({ prop, rule: `must hold ${name} ${version}, the version of the catalogue`, got: found });
  }
  if ((dependencies ?? []).length > 0 && !existsSync(join(dirname(file), "charts"))) {
    const rule = `must hold ${name} with the charts it depends on in ${name}/charts (helm dependency build)`;
    problems.push({ prop, rule, got: path });
  }
  return problems;
}

/** What is read of a Chart.yaml. */
interface ChartFile {
  readonly version?: string;
  readonly dependencies?: readonly unknown[];
}

/** As CDKTF reads the paths of assets. */
function absolutePath(scope: Construct, path: string): string {
  return isAbsolute(path) ? path : resolve(projectFolder(scope), path);
}

function projectFolder(scope: Construct): string {
  const given: unknown = scope.node.tryGetContext("cdktfJsonPath");
  if (typeof given === "string") return dirname(given);
  let folder = process.cwd();
  while (!existsSync(join(folder, "cdktf.json")) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
