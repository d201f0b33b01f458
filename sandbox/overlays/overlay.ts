import { createHash } from "node:crypto";
import type { AwsCall, AwsResponse } from "../aws/aws-call";

/** What an overlay may use to answer a call by itself. */
export interface OverlayContext {
  /** Number of the call in the journal, the same at each replay; undefined for a call that changes nothing. */
  readonly seq: number | undefined;
  /** Sends a call to moto and returns its answer. */
  readonly moto: (call: AwsCall) => Promise<AwsResponse>;
}

/**
 * One thing that moto forgets, lacks or gets wrong.
 *
 * What an overlay remembers it must learn from the calls it sees: replays show it the same ones again.
 */
export interface Overlay {
  /** Signing name of the service. */
  readonly service: string;
  /** Operation names it looks at. */
  readonly actions: readonly string[];
  /** Changes what goes to moto. */
  readonly rewrite?: (call: AwsCall) => AwsCall;
  /**
   * Answers in moto's place: for what moto lacks altogether. Undefined leaves the call to moto. Ids come from
   * `identifierOf(seq)`, so that a replay makes the same ones even after other calls were taken back.
   */
  readonly answer?: (call: AwsCall, context: OverlayContext) => Promise<AwsResponse | undefined>;
  /** Changes what moto, or an overlay, answered, or learns from it. */
  readonly amend?: (call: AwsCall, response: AwsResponse) => AwsResponse;
}

/** The call with another body. */
export function withBody(call: AwsCall, body: string): AwsCall {
  return { ...call, body: Buffer.from(body) };
}

/** The answer with its body changed as text; errors are left alone. */
export function amendText(response: AwsResponse, change: (text: string) => string): AwsResponse {
  return response.status >= 300 ? response : { ...response, body: Buffer.from(change(response.body.toString("utf8"))) };
}

/** Hexadecimal digits that follow from the number of a call in the journal: the random part of the ids it makes. */
export function identifierOf(seq: number | undefined, length: number): string {
  return createHash("sha256").update(`overlay/${seq}`).digest("hex").slice(0, length);
}
