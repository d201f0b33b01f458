import type { DashboardSettings } from "../../constructs/observability/dashboards/platform-dashboard";
import { platformRules } from "../../constructs/observability/rules/platform-rules";
import { ALERT_THRESHOLDS, type RuleSettings } from "../../constructs/observability/rules/rule-settings";

/** Where links of generated dashboards lead. */
export const RUNBOOKS = "https://example.com/runbooks";

const RULES: RuleSettings = {
  components: {
    gpus: true,
    karpenter: true,
    queues: true,
    keda: true,
    certManager: true,
    externalSecrets: true,
    database: true,
    cache: true,
    cost: true,
    logs: true,
    tracing: true,
    tracking: true,
    workflows: true,
  },
  thresholds: ALERT_THRESHOLDS,
  services: [
    {
      service: "chat",
      namespace: "serving",
      engine: "vllm",
      availabilityPercent: 99.5,
      latency: { seconds: 2.5, percent: 95 },
    },
    {
      service: "ranker",
      namespace: "serving",
      engine: "fastapi",
      availabilityPercent: 99.9,
      latency: { seconds: 0.5, percent: 99 },
    },
  ],
  models: [
    {
      model: "ranker",
      namespace: "monitoring",
      maxDriftShare: 0.3,
      maxMissingShare: 0.05,
      minRows: 500,
      quality: { f1: 0.8 },
      maxAgeHours: 26,
      retrain: "ranker-training",
    },
    {
      model: "travel-time",
      namespace: "monitoring",
      maxDriftShare: 0.3,
      maxMissingShare: 0.05,
      minRows: 500,
      quality: { mae: 2 },
      maxAgeHours: 192,
    },
  ],
  databaseMaxConnections: 400,
  monthlyBudgetUsd: 60_000,
  poolBudgetsUsd: { h100: 45_000, l40s: 15_000 },
};

/** Rules of an environment that has every part, as the generated platform has. */
export const PREVIEW_RULES = platformRules(RULES);

/** Dashboards of the same environment. */
export const PREVIEW_SETTINGS: DashboardSettings = {
  ...RULES,
  environment: "atlas/prod",
  runbooks: RUNBOOKS,
  alerts: PREVIEW_RULES.flatMap(({ alerts }) => alerts),
};
