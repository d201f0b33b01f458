import type { Stage } from "../engine/stage";
import type { Finding } from "../engine/result";

/** How hard a finding is: advisory never fails; soft fails `policy check`; hard fails the synthesis too. */
export type Level = "advisory" | "soft" | "hard";

/** A finding with what was decided about it. */
export interface DecidedFinding extends Finding {
  /** After stage, severity and the settings of its rule; what is unknown has a level of its own. */
  readonly level: Level;
  /** Only what is open can fail anything. */
  readonly status: "open" | "waived" | "baselined" | "overridden";
  /**
   * What excepts it: the waiver, the approval of a planned change, or the reason of an override.
   * @default - nothing does
   */
  readonly waiver?: {
    readonly reason: string;
    /** The last day on which it holds, `YYYY-MM-DD`. */
    readonly expires: string;
    readonly ticket?: string;
    /** File and line, or the path of the construct it was written on. */
    readonly where: string;
  };
  /**
   * What a reader should know beside the message, e.g. `a waiver expired on 2026-10-01: <reason>`.
   * @default - nothing
   */
  readonly note?: string;
}

/** Something to know about a run that is no finding: an unused waiver, one that expires soon, what could not be judged. */
export interface Notice {
  readonly level: "info" | "warning";
  readonly message: string;
  /**
   * File and line, or the path of a construct.
   * @default - it is about the run
   */
  readonly where?: string;
}

/** What a run came to: everything that reports write down. */
export interface PolicyReport {
  /** `atlas/prod`, or what was given. */
  readonly name: string;
  readonly stage: Stage;
  /** The day of the run, `YYYY-MM-DD`. */
  readonly today: string;
  /** e.g. `synthesis`, `plan plan.json`, `objects app.yaml` */
  readonly inputs: readonly string[];
  /** Packs that were on. */
  readonly packs: readonly string[];
  /** What was looked at. */
  readonly subjects: { readonly resources: number; readonly objects: number; readonly changes: number };
  /** Rules that were asked, and how often each answer was given. */
  readonly counts: {
    readonly rules: number;
    readonly pass: number;
    readonly fail: number;
    readonly unknown: number;
    readonly notApplicable: number;
  };
  /** Sorted by level, severity, id of the rule, stack and path. */
  readonly findings: readonly DecidedFinding[];
  readonly notices: readonly Notice[];
  /** The worst level among the open findings that fail; `hard` too when nothing was judged. */
  readonly failed: "no" | "soft" | "hard";
}
