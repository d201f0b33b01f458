import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import type { EnvironmentConfig } from "../config";
import type { DeploymentTarget } from "../stacks/deployment-target";
import { definePlatform } from "../stacks/platform";

/**
 * Synthesises environments the way main.ts does, into a folder.
 *
 * @returns each stack's `cdk.tf.json`, parsed, by stack id, in the order in which the stacks were defined
 */
export function synthesise<Json>(
  configs: readonly EnvironmentConfig[],
  outdir: string,
  target: DeploymentTarget = { kind: "aws" },
): Map<string, Json> {
  const app = new App({ outdir, stackTraces: false });
  for (const config of configs) definePlatform(app, config, target);
  app.synth();
  const written = new Set(readdirSync(join(outdir, "stacks")));
  const ids = app.node.children.map((child) => child.node.id).filter((id) => written.has(id));
  return new Map(
    ids.map((id) => [id, JSON.parse(readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8")) as Json]),
  );
}
