/** Tells the parts of a run that the user wants it to stop. */
export interface RunSignal {
  /** How often the user has asked; 0 as long as the run goes on. */
  readonly interrupts: number;
  /** Called at each further time; returns a function that ends this. */
  readonly onInterrupt: (listener: () => void) => () => void;
}

/** The signal of one run. */
export class Interrupts implements RunSignal {
  interrupts = 0;
  private readonly listeners = new Set<() => void>();

  /** The user asks to stop. */
  interrupt(): void {
    this.interrupts++;
    this.listeners.forEach((listener) => {
      listener();
    });
  }

  onInterrupt(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }
}
