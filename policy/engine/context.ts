import type { Graph } from "./graph";
import type { Stage } from "./stage";
import type { Thresholds } from "./thresholds";

/** What is known of the environment that is judged. */
export interface EnvironmentFacts {
  readonly stage: Stage;
  /** @default - not known */
  readonly project?: string;
  /** Account id. @default - not known */
  readonly account?: string;
  /** @default - not known */
  readonly region?: string;
  /** The environments beside it, whose names must not appear in it. */
  readonly others: readonly OtherEnvironment[];
}

/** An environment beside the one that is judged. */
export interface OtherEnvironment {
  readonly project: string;
  readonly stage: string;
  readonly account: string;
}

/** What a rule may look at beside the thing it judges. */
export interface RuleContext {
  readonly graph: Graph;
  readonly environment: EnvironmentFacts;
  /** Limits of the environment's stage. */
  readonly thresholds: Thresholds;
  /** The day of the run, `YYYY-MM-DD`: what is supported, and until when. */
  readonly today: string;
}
