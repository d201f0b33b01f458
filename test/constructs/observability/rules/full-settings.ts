import { ALERT_THRESHOLDS, type RuleSettings } from "../../../../constructs/observability/rules/rule-settings";

/** Settings of an environment that has everything, so that every rule there is comes out: those of the full platform of tests. */
export const FULL_SETTINGS: RuleSettings = {
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
  thresholds: { ...ALERT_THRESHOLDS, servingFirstTokenSeconds: 5 },
  databaseMaxConnections: 400,
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
      ownerNamespace: "training",
      maxDriftShare: 0.3,
      maxMissingShare: 0.05,
      minRows: 500,
      quality: { f1: 0.8 },
      maxAgeHours: 26,
      retrain: "ranker-training",
    },
    {
      model: "eta",
      namespace: "monitoring",
      maxDriftShare: 0.3,
      maxMissingShare: 0.05,
      minRows: 500,
      quality: { mae: 2 },
      maxAgeHours: 192,
    },
  ],
  monthlyBudgetUsd: 60_000,
  poolBudgetsUsd: { h100: 30_000, l40s: 15_000 },
};
