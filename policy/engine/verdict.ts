/** What is wrong in one place. */
export interface Fault {
  /** A sentence without a full stop: what must be so, and what is. */
  readonly message: string;
  /**
   * Path of the argument or field, e.g. `vpc_config.endpoint_public_access`.
   * @default - it is about the whole
   */
  readonly attribute?: string;
  /**
   * What tells this finding apart from others of the same rule at the same place, e.g. `Action::s3:*`. A waiver may name it.
   * @default - there is one such finding at a place
   */
  readonly key?: string;
}

/**
 * What a rule says of one thing: it passes, it fails with all its faults, it is not known, or the rule has nothing to say.
 */
export type Verdict =
  | { readonly outcome: "pass" }
  | { readonly outcome: "fail"; readonly faults: readonly Fault[] }
  | { readonly outcome: "unknown"; readonly faults: readonly Fault[] }
  | { readonly outcome: "not-applicable" };

/** The rule is kept. */
export function pass(): Verdict {
  return { outcome: "pass" };
}

/** The rule has nothing to say of this. */
export function notApplicable(): Verdict {
  return { outcome: "not-applicable" };
}

/** The rule is broken. */
export function fail(message: string, about: Omit<Fault, "message"> = {}): Verdict {
  return { outcome: "fail", faults: [{ message, ...about }] };
}

/** Whether the rule is kept is only known later. */
export function unknown(message: string, about: Omit<Fault, "message"> = {}): Verdict {
  return { outcome: "unknown", faults: [{ message, ...about }] };
}

/** All must hold: fails with every fault, else unknown, else passes; not applicable when none is. */
export function allOf(...verdicts: readonly (Verdict | readonly Verdict[])[]): Verdict {
  const flat = verdicts.flat();
  const faults = (outcome: "fail" | "unknown"): readonly Fault[] =>
    flat.flatMap((verdict) => (verdict.outcome === outcome ? verdict.faults : []));
  const failed = faults("fail");
  if (failed.length > 0) return { outcome: "fail", faults: failed };
  const open = faults("unknown");
  if (open.length > 0) return { outcome: "unknown", faults: open };
  return flat.some(({ outcome }) => outcome === "pass") ? pass() : notApplicable();
}

/** One must hold: passes when one does, else unknown when one is, else fails with the faults of all. */
export function anyOf(...verdicts: readonly (Verdict | readonly Verdict[])[]): Verdict {
  const flat = verdicts.flat();
  for (const outcome of ["pass", "unknown"] as const) {
    const found = flat.find((verdict) => verdict.outcome === outcome);
    if (found) return found;
  }
  return allOf(flat);
}
