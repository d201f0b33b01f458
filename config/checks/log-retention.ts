import { limits } from "../../catalog";
import type { Finding } from "../draft";
import type { ValuePath } from "../value-path";

/** CloudWatch keeps logs for certain periods only. */
export function* checkLogRetention(path: ValuePath, days: number): Generator<Finding> {
  const { retentionDays } = limits().logs;
  if (retentionDays.includes(days)) return;
  const rule = "must be a retention period of CloudWatch, in days";
  yield { path, rule, got: days, allowed: retentionDays.join(", ") };
}
