/** One mutating call, as the journal keeps it. */
export interface JournalCall {
  readonly seq: number;
  /** Milliseconds since the epoch when the call came. */
  readonly time: number;
  readonly account: string;
  readonly principal: string;
  readonly service: string;
  readonly action: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: Buffer;
  /** Sequence number of the EKS call that made this one. */
  readonly parent?: number;
}

/** A call and what became of it. */
export interface JournalEntry extends JournalCall {
  /** HTTP status of the answer; undefined while in flight, or when the gateway died over it. */
  readonly status?: number;
  /** What an EKS call did to other services. */
  readonly effects?: unknown;
  readonly voided?: boolean;
}

/** True for calls that happened: answered without an error and not rolled back since. */
export function isEffective(entry: JournalEntry): boolean {
  return entry.voided !== true && entry.status !== undefined && entry.status < 400;
}
