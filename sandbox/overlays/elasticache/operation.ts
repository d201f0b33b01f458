import type { AwsCall } from "../../aws/aws-call";
import type { OverlayContext } from "../overlay";
import type { CacheState } from "./cache-state";
import type { AnswerFields } from "./query-answer";
import type { QueryInput } from "./query-input";

/** What an operation works with. */
export interface OperationContext extends OverlayContext {
  /** What the caller's account has in the call's region. */
  readonly state: CacheState;
  readonly call: AwsCall;
}

/** One operation of the API: its result, or undefined where it has none. */
export type Operation = (
  input: QueryInput,
  context: OperationContext,
) => AnswerFields | undefined | Promise<AnswerFields | undefined>;

/** Operations by name. */
export type Operations = Readonly<Record<string, Operation>>;
