import type { Quota } from "../../catalog";

/** What an environment needs of a quota. */
export interface QuotaNeed {
  readonly quota: Quota;
  /** All that is needed. */
  readonly amount: number;
  /** What it is made of. */
  readonly parts: readonly NeedPart[];
}

/** One reason for a need. */
export interface NeedPart {
  /** In words, as in `h100 4 × p5.48xlarge (192)`. */
  readonly what: string;
  readonly amount: number;
}

/** A need of the sum of its parts. */
export function needOf(quota: Quota, parts: readonly NeedPart[]): QuotaNeed {
  return { quota, parts, amount: parts.reduce((sum, { amount }) => sum + amount, 0) };
}
