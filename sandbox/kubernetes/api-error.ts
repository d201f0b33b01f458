/** What the API server refused, or that it did not answer. */
export interface KubernetesFailure {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** The server's own word, e.g. `NotFound`, `Invalid`, `Forbidden`; of this client: `KindUnknown`, `Unreachable`. */
  readonly reason: string;
  readonly message: string;
  /**
   * Fields that the server named.
   * @default - none
   */
  readonly causes?: readonly string[];
}

/** Reason of an error about a kind that the server does not serve, most often for want of its CRD. */
export const KIND_UNKNOWN = "KindUnknown";

/** Reason of an error about a server that gave no answer. */
export const UNREACHABLE = "Unreachable";

/** An answer of the API server other than success. */
export class KubernetesApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly reason: string;
  /** Fields that the server named. */
  readonly causes: readonly string[];

  /** @param failure what the server said */
  constructor({ status, reason, message, causes = [] }: KubernetesFailure) {
    super(message);
    this.name = "KubernetesApiError";
    this.status = status;
    this.reason = reason;
    this.causes = causes;
  }
}
