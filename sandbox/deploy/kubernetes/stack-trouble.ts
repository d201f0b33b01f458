import { SandboxError } from "../../errors";
import { KubernetesApiError } from "../../kubernetes/api-error";

/** What `fetch` says of a server that is not there, and of one that goes in the middle of its answer. */
const NO_ANSWER: readonly string[] = ["fetch failed", "terminated"];

/** What the API server or the sandbox is in the way of a stack with; undefined for a defect. */
export function stackTrouble(error: unknown): string | undefined {
  if (error instanceof KubernetesApiError || error instanceof SandboxError) return error.message;
  if (error instanceof TypeError && NO_ANSWER.includes(error.message)) {
    return "The sandbox stopped answering; `flightdeck sandbox up` starts it again";
  }
  return undefined;
}
