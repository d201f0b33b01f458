/** Stable codes of what stops a deploy before it starts. */
export type DeployErrorCode = "LAYER_UNKNOWN" | "LAYER_INCOMPLETE" | "STATE_IN_USE";

/** A deploy cannot start. The message says why and what to do. */
export class DeployError extends Error {
  /** `LAYER_…` are wrong use, `STATE_IN_USE` is a matter of time. */
  readonly code: DeployErrorCode;

  constructor(code: DeployErrorCode, message: string) {
    super(message);
    this.name = "DeployError";
    this.code = code;
  }
}
