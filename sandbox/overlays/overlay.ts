import type { AwsCall, AwsResponse } from "../aws/aws-call";

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
  /** Changes what moto answered, or learns from it. */
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
