/** How a {@link ReconcileLoop} works. */
export interface LoopOptions {
  /**
   * One pass over everything.
   *
   * @returns milliseconds after which another one is due although nobody asks; undefined for none
   */
  readonly pass: () => Promise<number | undefined>;
  /** Told of a pass that failed, and when it is tried again. */
  readonly onFailure: (error: unknown, retryMs: number) => void;
  /** Milliseconds until a failed pass is tried again: the first time, doubled each time, up to the last. */
  readonly retryMs: { readonly first: number; readonly last: number };
}

/** Passes of one kind, one at a time: requests that come during a pass make one more, however many they are. */
export class ReconcileLoop {
  private running: Promise<void> | undefined;
  private wanted = false;
  private closed = false;
  private failures = 0;
  private timer: NodeJS.Timeout | undefined;
  private waiting: (() => void)[] = [];

  constructor(private readonly options: LoopOptions) {}

  /** Asks for a pass, at once or after the one that runs. */
  request(): void {
    if (this.closed) return;
    clearTimeout(this.timer);
    this.wanted = true;
    this.running ??= this.run();
  }

  /** Asks for a pass and waits until it has ended, well or badly. */
  settled(): Promise<void> {
    if (this.closed) return Promise.resolve();
    const ended = new Promise<void>((resolve) => this.waiting.push(resolve));
    this.request();
    return ended;
  }

  /** Lets the pass that runs end, and begins no other. */
  async close(): Promise<void> {
    this.closed = true;
    this.wanted = false;
    clearTimeout(this.timer);
    await this.running;
    this.release(this.waiting);
  }

  private async run(): Promise<void> {
    let next: number | undefined;
    while (this.wanted) {
      this.wanted = false;
      const waiting = this.waiting;
      this.waiting = [];
      next = await this.pass();
      this.release(waiting);
    }
    this.running = undefined;
    if (this.closed || next === undefined) return;
    this.timer = setTimeout(() => this.request(), next);
    this.timer.unref();
  }

  private async pass(): Promise<number | undefined> {
    try {
      const next = await this.options.pass();
      this.failures = 0;
      return next;
    } catch (error) {
      const { first, last } = this.options.retryMs;
      const retryMs = Math.min(last, first * 2 ** this.failures++);
      this.options.onFailure(error, retryMs);
      return retryMs;
    }
  }

  private release(waiting: readonly (() => void)[]): void {
    for (const resolve of waiting) resolve();
  }
}
