import { AssetType, TerraformAsset, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { join } from "node:path";

const ID = "ManifestChart";

/** Path, below the stack's folder, of the chart that prints the objects given to it. Each stack has one copy. */
export function manifestChartPath(scope: Construct): string {
  const stack = TerraformStack.of(scope);
  const existing = stack.node.tryFindChild(ID);
  if (existing instanceof TerraformAsset) return existing.path;
  return new TerraformAsset(stack, ID, { path: CHART, type: AssetType.DIRECTORY }).path;
}

const CHART = join(__dirname, "..", "manifest-chart");
