import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Location, Log, Result } from "sarif";
import { Command } from "commander";
import { addPolicyCheck } from "../../../cli/commands/policy-check";
import type { CliContext } from "../../../cli/context";
import { withSynthesis } from "../../../cli/synthesis";
import { withSourceLocations } from "../../../constructs";
import { checkPolicy, findSynthesis, writeReport } from "../../../policy";
import { reportOptions } from "../../../cli/policy/report-options";
import { ROOT } from "../../support/platform";
import { temporaryFolder } from "../../support/temporary-folder";
import { environmentYaml, writeFiles } from "./run-policy";

/** The command synthesises in a process of its own. */
const PATIENCE_MS = 60_000;

type Place = readonly [file: string | undefined, line: number | undefined, column: number | undefined];

const placeOf = ({ physicalLocation: at }: Location): Place => [
  at?.artifactLocation?.uri,
  at?.region?.startLine,
  at?.region?.startColumn,
];

/** Where the line of a file of this project is that begins with a text, the column that of `new` in it. */
function lineOf(file: string, text: string): Place {
  const lines = readFileSync(join(ROOT, file), "utf8").split("\n");
  const found = lines.flatMap((line, index) => (line.trimStart().startsWith(text) ? [index] : []));
  expect(found).toHaveLength(1);
  const [index = 0] = found;
  return [file, index + 1, (lines[index] ?? "").indexOf("new ") + 1];
}

const resultOf = (sarif: string, rule: string): Result => {
  const found = (JSON.parse(sarif) as Log).runs[0]?.results?.filter(({ ruleId }) => ruleId === rule) ?? [];
  expect(found).toHaveLength(1);
  return found[0] as Result;
};

class AppLogs extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CloudwatchLogGroup(this, "Group", { name: "app" });
  }
}

class AppStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "Aws", { region: "us-east-1" });
    new AppLogs(this, "Logs");
  }
}

test("in a project of one's own a finding opens at the line that defines the resource, then those that call it", async () => {
  const folder = temporaryFolder();
  const app = new App({ outdir: join(folder, "cdktf.out") });
  withSourceLocations(() => new AppStack(app, "shop-data"));
  app.synth();
  const { report } = await checkPolicy(
    { name: "shop", stage: "prod", modules: findSynthesis(app.outdir, "cdktf.out") },
    { configRoot: folder, root: ROOT, today: "2026-11-21", only: ["FD-LOG-002"] },
  );
  const sarif = writeReport("sarif", [report], reportOptions({ coloured: false, width: 80 }));
  const { locations = [], relatedLocations = [] } = resultOf(sarif, "FD-LOG-002");
  const file = relative(ROOT, __filename);
  expect(locations.map(placeOf)).toEqual([lineOf(file, `new CloudwatchLogGroup(this, "Group", {`)]);
  expect(relatedLocations.slice(0, 2).map(placeOf)).toEqual([
    lineOf(file, `new AppLogs(this, "Logs")`),
    lineOf(file, "withSourceLocations(() => new AppStack(app, "),
  ]);
});

test(
  "the command opens at the line of a construct inside of a stack of an environment",
  async () => {
    const configRoot = temporaryFolder();
    const isPublic = "  endpoint: { public: true, allowedCidrs: [198.51.100.0/24] }\n";
    const small =
      "controllers: { enabled: false }\ndata: { database: { enabled: false }, cache: { enabled: false } }\n";
    writeFiles(configRoot, { "config/environments/shop/prod.yaml": `${environmentYaml("prod")}${isPublic}${small}` });
    let sarif = "";
    const output = { raw: (text: string) => (sarif += text), width: () => 80 };
    const host = { env: process.env };
    const context = { root: ROOT, configRoot, cwd: configRoot, now: () => Date.parse("2026-11-21"), output, host };
    const program = new Command("flightdeck");
    let exitCode = 0;
    addPolicyCheck(program, context as unknown as CliContext, (code) => (exitCode = code), {
      withSynthesis,
      helm: () => Promise.resolve(undefined),
    });
    await program.parseAsync(["check", "--format", "sarif"], { from: "user" });
    const { locations = [], relatedLocations = [], level } = resultOf(sarif, "FD-EKS-001");
    expect([exitCode, level]).toEqual([1, "error"]);
    expect(locations.map(placeOf)).toEqual([
      lineOf("constructs/cluster/eks-cluster.ts", `return new EksClusterResource(this, "Resource"`),
    ]);
    expect(locations[0]?.physicalLocation?.artifactLocation?.uriBaseId).toBe("%SRCROOT%");
    const callers = relatedLocations.map(placeOf);
    expect(callers).toContainEqual(lineOf("stacks/cluster-stack.ts", `return new EksCluster(this, "Cluster", {`));
    expect(callers).toContainEqual(lineOf("stacks/platform.ts", "const cluster = new ClusterStack(app, {"));
    expect(callers.every(([file]) => file !== undefined && !/^\/|^\.\.|node_modules/.test(file))).toBe(true);
  },
  PATIENCE_MS,
);
