import { z } from "zod";

/** Characters that a reason has at least: less says nothing to whoever reviews it. */
export const SHORTEST_REASON = 10;

const REASON_RULE = `must say why, in at least ${SHORTEST_REASON} characters`;

/** A reason. */
export function reason(): z.ZodString {
  return z.string().trim().min(SHORTEST_REASON, REASON_RULE);
}

/** A day of the calendar, `YYYY-MM-DD`; 30 February is none. */
export function day(): z.ZodISODate {
  return z.iso.date("must be a day of the calendar, as in 2026-12-31");
}

/** Text that is not empty. */
export function filled(): z.ZodString {
  return z.string().trim().min(1, "must not be empty");
}

/** Whether a reason is long enough, and the rule that says so. */
export function reasonProblem(text: string): string | undefined {
  return text.trim().length < SHORTEST_REASON ? REASON_RULE : undefined;
}
