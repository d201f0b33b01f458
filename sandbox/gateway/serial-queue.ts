/** Runs tasks one at a time, in the order in which they came. */
export class SerialQueue {
  private tail: Promise<unknown> = Promise.resolve();

  /**
   * @param task runs when all earlier tasks have ended
   * @param patience milliseconds after which a task that has not begun is given up
   * @returns what the task returns, or undefined when it was given up
   */
  run<T>(task: () => Promise<T>, patience?: number): Promise<T | undefined> {
    let state: "waiting" | "running" | "given up" = "waiting";
    const turn = this.tail.then(async () => {
      if (state === "given up") return undefined;
      state = "running";
      return task();
    });
    this.tail = turn.catch(() => undefined);
    if (patience === undefined) return turn;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        if (state === "running") return;
        state = "given up";
        resolve(undefined);
      }, patience);
      turn.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}
