import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outcomeReport } from "../../../cli/progress/outcome-report";
import type { DeployOutcome } from "../../../sandbox/deploy";
import { temporaryFolder } from "../../support/temporary-folder";

function outcome(changes: Partial<DeployOutcome>): DeployOutcome {
  return {
    status: "done",
    stacks: [],
    errors: [],
    logFile: "/sandbox/deploy.log",
    outputFolder: "/nowhere",
    ...changes,
  };
}
const report = (verb: "deploy" | "destroy", changes: Partial<DeployOutcome>): string[] =>
  outcomeReport({ verb, environment: "atlas/dev", outcome: outcome(changes), elapsed: 125_000 });

test("a deploy ends with what exists now and what to try next", () => {
  const outputFolder = temporaryFolder();
  mkdirSync(join(outputFolder, "stacks", "atlas-dev-network"), { recursive: true });
  const resource = { aws_vpc: { V: {} }, aws_subnet: { A: {}, B: {} } };
  writeFileSync(join(outputFolder, "stacks", "atlas-dev-network", "cdk.tf.json"), JSON.stringify({ resource }));
  const stacks = [{ id: "atlas-dev-network", layer: "network", status: "changed" }] as const;
  expect(report("deploy", { outputFolder, stacks })).toEqual([
    "",
    "atlas/dev is deployed (2m 05s).",
    "It has 1 VPC, 2 subnets.",
    "",
    "Next:",
    "  npx flightdeck sandbox status",
    "  npx flightdeck sandbox kubeconfig atlas/dev > kubeconfig",
    "  npx flightdeck sandbox destroy atlas/dev",
  ]);
});

test("a deploy that changed nothing says so", () => {
  const stacks = [{ id: "atlas-dev-network", layer: "network", status: "unchanged" }] as const;
  expect(report("deploy", { stacks })[1]).toBe("atlas/dev is as configured: no changes (2m 05s).");
});

test("charts that were left out are named, and not counted as deployed", () => {
  const chartsLeftOut = ["keda 2.0.0 (x.io cannot be reached)", "kueue (no Helm to render it with)"];
  const controllers = { id: "atlas-dev-controllers", layer: "controllers", status: "changed", chartsLeftOut } as const;
  const lines = report("deploy", { stacks: [controllers] });
  expect(lines[1]).toBe("atlas/dev is deployed, but for 2 charts (2m 05s).");
  expect(lines.slice(3, 6)).toEqual([
    "Charts not deployed:",
    "  controllers: keda 2.0.0 (x.io cannot be reached)",
    "  controllers: kueue (no Helm to render it with)",
  ]);
  const again = { ...controllers, status: "unchanged", chartsLeftOut: chartsLeftOut.slice(1) } as const;
  expect(report("deploy", { stacks: [again] })[1]).toBe(
    "atlas/dev is as configured, but for 1 chart: no changes (2m 05s).",
  );
});

test("a failure shows every error whole, the stacks and the log", () => {
  const stacks = [
    { id: "atlas-dev-network", layer: "network", status: "changed" },
    { id: "atlas-dev-data", layer: "data", status: "failed" },
    { id: "atlas-dev-cluster", layer: "cluster", status: "not reached" },
  ] as const;
  const errors = [{ stack: "atlas-dev-data", text: "Error: one\n  with aws_s3_bucket.A" }, { text: "two" }];
  expect(report("deploy", { status: "failed", stacks, errors })).toEqual([
    "",
    "atlas-dev-data:",
    "Error: one\n  with aws_s3_bucket.A",
    "",
    "two",
    "",
    "atlas/dev: deploy failed (2m 05s). network: changed, data: failed, cluster: not reached.",
    "Everything that was printed: /sandbox/deploy.log",
  ]);
});

test("an interrupted run says how far it came and how to go on", () => {
  const stacks = [{ id: "atlas-dev-network", layer: "network", status: "not reached" }] as const;
  expect(report("destroy", { status: "interrupted", stacks })).toEqual([
    "",
    "Stopped. network: not reached. To go on: npx flightdeck sandbox destroy atlas/dev",
  ]);
});

test("a destroy ends with the layers that are gone", () => {
  const stacks = [{ id: "atlas-dev-network", layer: "network", status: "destroyed" }] as const;
  expect(report("destroy", { stacks })).toEqual(["", "atlas/dev is destroyed: network (2m 05s)."]);
});
