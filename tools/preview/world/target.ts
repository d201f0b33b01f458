import type { Labels } from "../prometheus-api";
import type { Moment, Sink } from "./sink";

/** What is wrong on purpose. */
export interface Faults {
  /** A GPU reports that it has fallen off the bus: XID 79. */
  readonly xidError?: boolean;
  /** Answers of the chat model take many times longer than was promised. */
  readonly slowAnswers?: boolean;
  /** Share of drifted columns of the ranker, 0 to 1. */
  readonly driftShare?: number;
}

/** A program that Prometheus asks. */
export interface Target {
  /** Label `job`. */
  readonly job: string;
  /** Other labels that Prometheus adds, `instance` among them. */
  readonly labels: Labels;
  /** Says what the program says at a moment. */
  readonly tell: (sink: Sink, moment: Moment, faults: Faults) => void;
}
