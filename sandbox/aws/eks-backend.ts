/** One HTTP request to the EKS API. */
export interface EksBackendRequest {
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON body; undefined when there was none. */
  readonly body: unknown;
  readonly account: string;
  readonly region: string;
}

/** The answer; the body is sent as JSON. */
export interface EksBackendResponse {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** How EKS reaches other services, as the same caller. */
export interface AwsPort {
  call(
    service: string,
    action: string,
    params: Record<string, string>,
  ): Promise<{ readonly status: number; readonly body: string }>;
}

/** What the gateway needs of the EKS service; `sandbox/eks` implements it. */
export interface EksBackend {
  /** Undefined when the EKS API has no such method and path. */
  operation(
    request: Pick<EksBackendRequest, "method" | "path">,
  ): { readonly name: string; readonly mutates: boolean } | undefined;
  /** Makes the calls to other services that a change needs; the result is kept in the journal. */
  effects(request: EksBackendRequest, aws: AwsPort, now: number): Promise<unknown>;
  /** Deterministic: live and in replay alike. */
  apply(
    request: EksBackendRequest,
    context: { readonly seq: number; readonly now: number; readonly effects: unknown },
  ): EksBackendResponse;
  /** Forgets everything. */
  reset(): void;
}
