import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import { type EnvironmentConfig, loadEnvironments } from "../../config";
import type { DeploymentTarget } from "../../stacks/deployment-target";
import { definePlatform } from "../../stacks/platform";
import { Synthesized } from "./synth";

export const ROOT = resolve(__dirname, "../..");
export const SANDBOX: DeploymentTarget = { kind: "sandbox", endpoint: "http://127.0.0.1:4566" };

/** What an app of whole environments is written as. */
export interface SynthesizedPlatforms {
  /** Text of each stack's `cdk.tf.json`, by stack id. */
  readonly texts: Readonly<Record<string, string>>;
  /** Ids of the stacks that each stack depends on, by stack id. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

let environments: readonly EnvironmentConfig[] | undefined;

/** Every environment of this repository. */
export function allEnvironments(): readonly EnvironmentConfig[] {
  environments ??= loadEnvironments(ROOT);
  return environments;
}

/** One environment of this repository, by `<project>/<stage>`. */
export function environment(id: string): EnvironmentConfig {
  const found = allEnvironments().find(({ project, stage }) => `${project}/${stage}` === id);
  if (!found) throw new Error(`there is no environment ${id}`);
  return found;
}

/** Synthesises environments the way main.ts does, validations included. */
export function synthesizePlatforms(
  configs: readonly EnvironmentConfig[],
  target: DeploymentTarget = { kind: "aws" },
): SynthesizedPlatforms {
  const outdir = mkdtempSync(join(tmpdir(), "flightdeck-synth-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    configs.forEach((config) => definePlatform(app, config, target));
    app.synth();
    const read = (path: string) => readFileSync(join(outdir, path), "utf8");
    const ids = readdirSync(join(outdir, "stacks"));
    const manifest = JSON.parse(read("manifest.json")) as { stacks: Record<string, { dependencies: string[] }> };
    return {
      texts: Object.fromEntries(ids.map((id) => [id, read(`stacks/${id}/cdk.tf.json`)])),
      dependencies: Object.fromEntries(ids.map((id) => [id, manifest.stacks[id]!.dependencies])),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** One stack of an environment, ready to be looked into. */
export function synthesizedStack(config: EnvironmentConfig, layer: string, target?: DeploymentTarget): Synthesized {
  const { texts } = synthesizePlatforms([config], target);
  return readStack(texts[`${config.project}-${config.stage}-${layer}`]!);
}

/** A stack's `cdk.tf.json` without CDKTF's own remarks, which hold the constructs' paths. */
export function readStack(text: string): Synthesized {
  const json = JSON.parse(text) as Written;
  const paths = Object.entries(json.resource).flatMap(([type, named]) =>
    Object.entries(named).map(
      ([
        name,
        {
          "//": { metadata },
        },
      ]) => {
        const [, ...path] = metadata.path.split("/");
        return [`${type}.${name}`, path.join("/")] as const;
      },
    ),
  );
  const withoutRemarks = JSON.parse(text, (key, value: unknown) =>
    key === "//" ? undefined : value,
  ) as Synthesized["json"];
  return new Synthesized(withoutRemarks, new Map(paths));
}

interface Written {
  readonly resource: Record<
    string,
    Record<string, { readonly "//": { readonly metadata: { readonly path: string } } }>
  >;
}
