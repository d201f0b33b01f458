/** Metrics of a model's quality, by what the model does: what the monitoring job measures. `none` is a model without a truth. */
export const QUALITY_METRICS = {
  classification: ["accuracy", "f1", "precision", "recall", "roc_auc"],
  regression: ["mae", "rmse", "r2", "mape"],
  none: [],
} as const;

/** A metric of quality that the monitoring job measures. `mape` is a share: 0.1 is ten percent. */
export type QualityMetric = (typeof QUALITY_METRICS)["classification" | "regression"][number];

/** Metrics of quality that are errors: the smaller, the better. `mse` and `log_loss` come from jobs of a team's own. */
export const ERROR_METRICS: readonly string[] = ["mae", "rmse", "mse", "mape", "log_loss"];
