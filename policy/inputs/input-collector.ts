import { InputError } from "./input-error";

/** Reads several inputs, and throws the problems of all of them together. */
export class InputCollector {
  private readonly problems: string[] = [];

  /** What `read` returns; undefined when it threw an {@link InputError}, whose problems are kept. */
  try<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const problem of error.problems) this.problems.push(problem);
      return undefined;
    }
  }

  /** @param problem one line, as {@link InputError} takes them */
  add(problem: string): void {
    this.problems.push(problem);
  }

  /** @throws InputError with all problems, when there are any */
  throwIfAny(): void {
    if (this.problems.length > 0) throw new InputError(this.problems);
  }
}
