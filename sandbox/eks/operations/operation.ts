import type { AwsPort } from "../contract";
import type { Place } from "../model/arns";
import type { EksCatalog } from "../model/catalog-port";
import type { IdFactory } from "../model/ids";
import type { EksState } from "../model/state";

/** What an operation sees beside its input. */
export interface OperationContext {
  readonly state: EksState;
  readonly place: Place;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly catalog: EksCatalog;
}

/** The same, while a request is applied. */
export interface ApplyContextWithIds extends OperationContext {
  readonly ids: IdFactory;
}

/** One operation of the API. Its input has passed the checks of the API model. */
export interface OperationSpec<Input, Facts> {
  readonly mutates: boolean;
  /** Rules about the request and the state. Runs before `gather` and again before `execute`. Throws EksApiError. */
  check?(context: OperationContext, input: Input): void;
  /** Looks up, checks and changes what is outside EKS; the result goes to the journal. Throws EksApiError. */
  gather?(context: OperationContext, input: Input, aws: AwsPort): Promise<Facts>;
  /** Changes the state (mutations) and renders the answer. Deterministic. Throws EksApiError before any change. */
  execute(context: ApplyContextWithIds, input: Input, facts: Facts): object;
}

/** An operation of any input and facts, as the service runs it. */
export type Operation = OperationSpec<never, never>;

/** Declares an operation; its types are checked here and erased for the registry. */
export function defineOperation<Input, Facts = undefined>(spec: OperationSpec<Input, Facts>): Operation {
  return spec as unknown as Operation;
}
