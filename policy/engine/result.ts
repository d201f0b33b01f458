import type { Rule } from "./rule";
import type { SubjectPlace } from "./subject";
import type { Fault } from "./verdict";

/** What one rule said of one thing that it did not pass. */
export interface Finding extends Fault {
  readonly rule: Rule;
  readonly outcome: "fail" | "unknown";
  /** Where it stands. */
  readonly place: SubjectPlace;
  /** `aws_s3_bucket`, or `Deployment` */
  readonly type: string;
  /** What the thing is called in messages: `aws_s3_bucket.Models_C55D3500`, `Deployment serving/router`. */
  readonly subject: string;
  /**
   * What the rule threw.
   * @default - it threw nothing
   */
  readonly cause?: string;
}

/** What judging came to. */
export interface Judged {
  readonly findings: readonly Finding[];
  /** How often a rule was asked about a thing, by what it said. */
  readonly counts: Readonly<Record<"pass" | "fail" | "unknown" | "not-applicable", number>>;
  /** Resources, objects and changes that were looked at. */
  readonly subjects: { readonly resources: number; readonly objects: number; readonly changes: number };
  /** How often a rule about one resource, object or change was asked, whatever it said; rules about the whole environment do not count. */
  readonly asked: number;
  /** Rules that were asked. */
  readonly rules: readonly Rule[];
}
