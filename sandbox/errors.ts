/** Stable codes of everything the sandbox refuses. */
export type SandboxErrorCode =
  | "SANDBOX_PORT_TAKEN"
  | "SANDBOX_RUNS_ELSEWHERE"
  | "SANDBOX_START_FAILED"
  | "SANDBOX_NOT_RUNNING"
  | "SANDBOX_NO_ANSWER"
  | "SANDBOX_STOP_FAILED"
  | "SANDBOX_REQUEST_REFUSED"
  | "SANDBOX_LEASE_HELD"
  | "SANDBOX_LEASE_REQUIRED"
  | "SANDBOX_JOURNAL_CORRUPT"
  | "SANDBOX_MOTO_FAILED"
  | "SANDBOX_MOTO_GONE"
  | "SANDBOX_CONTROL_PLANE_HELD"
  | "SANDBOX_CONTROL_PLANE_PROGRAM"
  | "SANDBOX_CONTROL_PLANE_NOT_READY";

/** An error of the sandbox: the message names what was asked, what stands in the way and what to do. */
export class SandboxError extends Error {
  readonly code: SandboxErrorCode;

  /**
   * @param code stable, for callers that react to it
   * @param message one or more lines, complete without a stack trace
   */
  constructor(code: SandboxErrorCode, message: string) {
    super(message);
    this.name = "SandboxError";
    this.code = code;
  }
}
