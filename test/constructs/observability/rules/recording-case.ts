/** One situation and what a query must yield in it: joins of recording rules that no alert shows. */
export interface RecordingCase {
  /** The situation in words. */
  readonly what: string;
  /** PromQL, mostly the name of a recorded series. */
  readonly expression: string;
  /** Series and their values in promtool's notation, one value a minute. */
  readonly series: Readonly<Record<string, string>>;
  /** Minutes after the start at which is looked. */
  readonly atMinutes: number;
  /** All that the query yields, without names of metrics. */
  readonly samples: readonly RecordedSample[];
}

/** One series that a query yields. */
export interface RecordedSample {
  /** All its labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** Its value, exactly. */
  readonly value: number;
}
