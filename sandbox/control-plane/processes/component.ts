import type { ProcessMark } from "./process-identity";

/** A file that a process reads, written before it is started. */
export interface ComponentFile {
  readonly path: string;
  readonly content: string;
}

/** One process of a control plane: how it is started, recognised, and known to work. */
export interface Component<Port extends string = string> {
  /** Also the name of its log. */
  readonly name: string;
  /** Path of its program. */
  readonly program: string;
  readonly arguments: readonly string[];
  readonly mark: ProcessMark;
  /** Ports it listens on. */
  readonly ports: readonly Port[];
  /** Configuration made for it. */
  readonly files: readonly ComponentFile[];
  /** Files made elsewhere, certificates above all: when one changes, the process is started again. */
  readonly inputs: readonly string[];
  /** True when it does its work; must not throw. */
  ready(): Promise<boolean>;
  /**
   * Done before each start.
   * @default - nothing
   */
  readonly prepare?: () => Promise<void>;
  /** How long a start may take. */
  readonly readyTimeoutMs: number;
}

/** Which port each purpose has; 0 stands for none yet. */
export type Ports<Port extends string = string> = Readonly<Record<Port, number>>;
