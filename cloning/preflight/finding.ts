/** What a finding is about. */
export type FindingKind =
  | "account"
  | "region"
  | "zone"
  | "quota"
  | "offering"
  | "reservation"
  | "addresses"
  | "name"
  | "secret"
  | "state-bucket"
  | "not-asked";

/** Something that would keep an environment from coming up, or could not be found out. */
export interface PreflightFinding {
  readonly kind: FindingKind;
  /** What is wrong, in one line. */
  readonly title: string;
  /** Facts, each with a label. */
  readonly facts: readonly (readonly [label: string, text: string])[];
  /** Command that mends it; left out: there is no one command. */
  readonly command?: string;
}
