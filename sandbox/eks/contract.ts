import type { EksSnapshot } from "./snapshot-types";

/** One HTTP request to the EKS API, as the gateway hands it on. */
export interface EksRequest {
  readonly method: string;
  /** Raw path as it came over the wire, still percent-encoded (ARNs in it hold slashes), without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON body; `undefined` when there was none. */
  readonly body: unknown;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}

/** The answer to an {@link EksRequest}; the body is sent as JSON. */
export interface EksResponse {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** How EKS reaches the other services of the same account, as the same caller. */
export interface AwsPort {
  /**
   * @param service signing name, e.g. `ec2`, `iam`, `sts`
   * @param action name of a query-protocol action
   * @param params the action's parameters, flattened (`SubnetId.1`)
   * @returns HTTP status and the raw XML body
   */
  call(
    service: string,
    action: string,
    params: Record<string, string>,
  ): Promise<{ readonly status: number; readonly body: string }>;
}

/** What {@link EksRequest}s are applied with: everything that is not in the request but decides the result. */
export interface ApplyContext {
  /** Sequence number of the journal entry: all ids derive from it. Reads may pass any number. */
  readonly seq: number;
  /** Milliseconds since the epoch, from the journal entry (reads: the present). */
  readonly now: number;
  /** What `EksService.effects` resolved to for this request. */
  readonly effects: unknown;
}

/** What the gateway needs of the EKS service. */
export interface EksBackend {
  /** Undefined when the EKS API has no such method and path. */
  operation(
    request: Pick<EksRequest, "method" | "path">,
  ): { readonly name: string; readonly mutates: boolean } | undefined;
  /** Makes the calls to other services that a change needs; the result is kept in the journal. */
  effects(request: EksRequest, aws: AwsPort, now: number): Promise<unknown>;
  /** Deterministic: live and in replay alike. */
  apply(request: EksRequest, context: ApplyContext): EksResponse;
  /** Everything that exists at a time, as plain data. */
  snapshot(now: number): EksSnapshot;
  /** Forgets everything. */
  reset(): void;
}
