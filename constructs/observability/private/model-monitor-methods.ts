import type { DriftMethod } from "../model-monitor-options";

/** Methods for numbers, of Evidently 0.7.21. @see https://docs.evidentlyai.com/metrics/customize_data_drift */
export const NUMERICAL_METHODS: readonly DriftMethod[] = [
  "anderson",
  "cramer_von_mises",
  "hellinger",
  "jensenshannon",
  "kl_div",
  "ks",
  "mannw",
  "psi",
  "t_test",
  "wasserstein",
];

/**
 * Methods for labels: distances. Evidently's tests of labels are left out, since `chisquare` and `g_test` take the reference for
 * exact and find drift where there is none, and `TVD` takes minutes.
 */
export const CATEGORICAL_METHODS: readonly DriftMethod[] = ["hellinger", "jensenshannon", "kl_div", "psi"];
