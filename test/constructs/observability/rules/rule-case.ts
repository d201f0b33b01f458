/** One situation and the alerts that it must raise: what `promtool test rules` is asked. */
export interface RuleCase {
  /** Name of the alert. */
  readonly alert: string;
  /** The situation in words: "a GPU reports XID 79". */
  readonly what: string;
  /** Series and their values in promtool's notation, one value for each interval: `{ 'up{job="x"}': "1x10 0x20" }`. */
  readonly series: Readonly<Record<string, string>>;
  /** Minutes after the start at which is looked. */
  readonly atMinutes: number;
  /**
   * Minutes between two values of a series, and between two evaluations: more where a rule looks back for days.
   *
   * @default 1
   */
  readonly intervalMinutes?: number;
  /** Labels that each firing alert has, among others; none: the alert must be quiet. */
  readonly fires: readonly Readonly<Record<string, string>>[];
}
