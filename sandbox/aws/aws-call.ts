/** How a service writes requests and errors. */
export type AwsProtocol = "query" | "ec2" | "json" | "rest-json" | "s3" | "rest-xml";

/** One AWS API call, understood as far as the sandbox needs to. */
export interface AwsCall {
  readonly method: string;
  /** Path and query exactly as sent. */
  readonly url: string;
  /** Path as sent, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Name, value, name, value …, as sent. */
  readonly headers: readonly string[];
  readonly body: Buffer;
  /** Twelve digits. */
  readonly account: string;
  /** Who calls: the stack id in deploys. */
  readonly principal: string;
  readonly region: string;
  /** Signing name, e.g. `ec2`. */
  readonly service: string;
  /** Operation name, e.g. `CreateVpc`; method and path where a REST service's names are unknown. */
  readonly action: string;
  readonly protocol: AwsProtocol;
  /** False for calls that leave the world as it was. */
  readonly mutates: boolean;
  /** Why nothing can answer this call, when that is known beforehand. */
  readonly unsupported?: string;
}

/** The answer to an {@link AwsCall}. */
export interface AwsResponse {
  readonly status: number;
  /** Name, value, name, value …; content-length is set when the answer is sent. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** The value of a header in a flat header list, the name in lower case. */
export function headerOf(headers: readonly string[], name: string): string | undefined {
  for (let index = 0; index < headers.length; index += 2) {
    if (headers[index]?.toLowerCase() === name) return headers[index + 1];
  }
  return undefined;
}
