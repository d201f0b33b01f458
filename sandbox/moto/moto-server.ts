/** A running moto, or something that stands in for it. */
export interface MotoServer {
  /** Undefined while it is down. */
  readonly pid: number | undefined;
  readonly port: number;
  readonly running: boolean;
  /** Starts it with an empty world and waits until it answers. */
  start(): Promise<void>;
  /** Ends it; quick, since it keeps nothing that the journal does not have. */
  stop(): Promise<void>;
  /** Calls back whenever it ends without having been asked to. */
  onUnexpectedExit(listener: (reason: string) => void): void;
  /** Where its log stands now. */
  logPosition(): number;
  /** The last line of the error it logged since a position; undefined when it logged none. */
  errorSince(position: number): string | undefined;
}
