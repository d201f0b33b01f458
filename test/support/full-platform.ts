import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { EnvironmentConfig, ObservabilityConfig } from "../../config";
import { ModelMonitor, type RuleSettings } from "../../constructs";
import type { DeploymentTarget } from "../../stacks/deployment-target";
import { ObservabilityStack } from "../../stacks/observability-stack";
import { ruleSettings } from "../../stacks/observability/rule-settings";
import { definePlatform } from "../../stacks/platform";
import { environment, readStack } from "./platform";
import type { Synthesized } from "./synth";

/** The observability layer of an environment below layers that have metrics of their own. */
export interface FullObservability {
  /** The stack as it is synthesised. */
  readonly stack: Synthesized;
  /** What its rules are made from. */
  readonly settings: RuleSettings;
}

const AWS: DeploymentTarget = { kind: "aws" };
const ABOVE = { tracking: true, workflows: true };

/** The settings of production, with everything that raises an alert: every optional threshold, and a model of each kind. */
export function fullConfig(): EnvironmentConfig {
  const config = environment("atlas/prod");
  const { observability } = config;
  const { alerts, models } = observability;
  return {
    ...config,
    observability: {
      ...observability,
      alerts: { ...alerts, thresholds: { ...alerts.thresholds, servingFirstTokenSeconds: 5 } },
      databaseMaxConnections: 400,
      models: { ...models, eta: regression(models["ranker"]!) },
    },
  };
}

/** A model of numbers that is looked at once a week, and is no team's. */
function regression(like: ObservabilityConfig["models"][string]): ObservabilityConfig["models"][string] {
  const { thresholds, columns } = like;
  return {
    ...like,
    ...{ task: "regression", positiveLabel: undefined, schedule: "30 5 * * 1", team: undefined, retrain: undefined },
    columns: { ...columns, target: "minutes_taken", prediction: "minutes_predicted" },
    thresholds: { ...thresholds, quality: { mae: 2 }, maxAgeHours: 192 },
  };
}

/**
 * Synthesises the layer as the platform does, on the layers below of the same environment, and as if MLflow and Argo Workflows
 * stood above.
 */
export function fullObservability(config = fullConfig()): FullObservability {
  const outdir = mkdtempSync(join(tmpdir(), "flightdeck-synth-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    // The layer is defined here instead, since what stands above it is not a setting.
    const observability = { ...config.observability, enabled: false };
    const { cluster, controllers, data } = definePlatform(app, { ...config, observability }, AWS);
    const { startedPools } = controllers!;
    const stack = new ObservabilityStack(app, {
      ...{ config, target: AWS, cluster: cluster.cluster, startedPools, above: ABOVE },
      ...{ stores: data.stores, encryptionKey: data.encryptionKey },
    });
    app.synth();
    const monitors = stack.node.findAll().filter((construct) => construct instanceof ModelMonitor);
    return {
      stack: readStack(readFileSync(join(outdir, "stacks", stack.node.id, "cdk.tf.json"), "utf8")),
      settings: ruleSettings(config, {
        pools: [...cluster.cluster.pools, ...startedPools],
        models: monitors.map(({ thresholds }) => thresholds),
        above: ABOVE,
      }),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
