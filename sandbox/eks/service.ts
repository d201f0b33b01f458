import { createHash } from "node:crypto";

import type { ApplyContext, AwsPort, EksRequest, EksResponse, EksBackend } from "./contract";
import { EksApiError } from "./errors";
import { apiModel } from "./model/api-model";
import type { EksCatalog } from "./model/catalog-port";
import { IdFactory } from "./model/ids";
import { EksState, type Remembered } from "./model/state";
import type { Operation, OperationContext } from "./operations/operation";
import { operations } from "./operations/registry";
import { findRoute } from "./routes";
import { takeSnapshot, type EksSnapshot } from "./snapshot";
import { findViolations } from "./validation/constraints";
import { readInput, type RawInput } from "./validation/read-input";

/** What `effects` resolves to: facts for `apply`, or the refusal that `apply` will answer. JSON either way. */
export type EksEffects = { readonly facts?: unknown } | { readonly error: EksResponse };

interface Call {
  readonly name: string;
  readonly operation: Operation;
  readonly input: RawInput;
}

/**
 * The EKS API of the sandbox: a reducer over the requests that reach it.
 *
 * A mutation goes through `effects` (checks, and what it needs of other services) and then `apply`; both of its results
 * depend on nothing but the requests applied before, the sequence number and the time given. Applying the same journal
 * again therefore gives the same state and the same answers. Reads need `apply` only, with `effects` undefined.
 *
 * @example
 * const effects = await service.effects(request, aws, now);
 * const response = service.apply(request, { seq, now, effects });
 */
export class EksService implements EksBackend {
  private readonly state = new EksState();

  constructor(private readonly catalog: EksCatalog) {}

  /**
   * @returns name of the operation, also of those that the service does not carry out, and whether it changes anything;
   * undefined when the EKS API has no such method and path
   */
  operation(request: Pick<EksRequest, "method" | "path">): { name: string; mutates: boolean } | undefined {
    const route = findRoute(request.method, request.path);
    if (route === undefined) return undefined;
    return { name: route.operation, mutates: operations[route.operation]?.mutates ?? false };
  }

  /** Checks a mutation and makes the calls to other services that it needs. Never rejects for a bad request. */
  async effects(request: EksRequest, aws: AwsPort, now: number): Promise<EksEffects> {
    return this.guarded<EksEffects>(
      request,
      now,
      (error) => ({ error }),
      async (call, context) => {
        if (this.recall(call, request) !== undefined) return {};
        call.operation.check?.(context, call.input as never);
        const facts: unknown = await call.operation.gather?.(context, call.input as never, aws);
        return facts === undefined ? {} : { facts };
      },
    );
  }

  /** Carries a request out, live or in a replay. */
  apply(request: EksRequest, { seq, now, effects }: ApplyContext): EksResponse {
    const found = (effects ?? {}) as { facts?: unknown; error?: EksResponse };
    if (found.error !== undefined) return withRequestId(found.error, request, seq);
    let response: EksResponse;
    try {
      response = this.carryOut(this.callOf(request), request, { seq, now, facts: found.facts });
    } catch (error) {
      response = toResponse(error);
    }
    return withRequestId(response, request, seq);
  }

  /** @returns everything that exists at `now`, as plain data for other parts of the sandbox */
  snapshot(now: number): EksSnapshot {
    return takeSnapshot(this.state, now);
  }

  /** Forgets everything, before a replay. */
  reset(): void {
    this.state.reset();
  }

  private carryOut(
    call: Call,
    request: EksRequest,
    { seq, now, facts }: { seq: number; now: number; facts: unknown },
  ): EksResponse {
    const repeated = this.recall(call, request);
    if (repeated !== undefined) return repeated;
    const context = { ...this.contextOf(request, now), ids: new IdFactory(seq) };
    call.operation.check?.(context, call.input as never);
    // The answer must not change with the state that it was rendered from.
    const body = copyAsJson(call.operation.execute(context, call.input as never, facts as never));
    const response = { status: 200, body };
    this.remember(call, request, response);
    return response;
  }

  private async guarded<T>(
    request: EksRequest,
    now: number,
    refuse: (error: EksResponse) => T,
    run: (call: Call, context: OperationContext) => Promise<T>,
  ): Promise<T> {
    try {
      return await run(this.callOf(request), this.contextOf(request, now));
    } catch (error) {
      return refuse(toResponse(error));
    }
  }

  private callOf(request: EksRequest): Call {
    const route = findRoute(request.method, request.path);
    if (route === undefined) {
      throw new EksApiError("UnknownOperationException", `EKS has no operation ${request.method} ${request.path}`);
    }
    const operation = operations[route.operation];
    if (operation === undefined) {
      throw new EksApiError("UnsupportedOperation", `EKS ${route.operation} is not implemented by the sandbox`);
    }
    // A copy: the state keeps parts of the input, and the caller keeps the request.
    const body: unknown = structuredClone(request.body);
    const input = readInput(route.operation, route.params, request.query, body);
    const violations = findViolations(route.operation, input);
    if (violations.length > 0) throw violation(route.operation, input, violations);
    return { name: route.operation, operation, input };
  }

  private contextOf({ account, region }: EksRequest, now: number): OperationContext {
    return { state: this.state, place: { account, region }, now, catalog: this.catalog };
  }

  /** A mutation repeated with its client request token answers what it answered the first time. */
  private recall(call: Call, request: EksRequest): EksResponse | undefined {
    const known = this.rememberedOf(call, request);
    if (known === undefined) return undefined;
    if (known.input === JSON.stringify(call.input)) return known.response;
    throw new EksApiError(
      refusalCode(call.name),
      `The clientRequestToken ${String(call.input.clientRequestToken)} was used before with other parameters`,
    );
  }

  private remember(call: Call, request: EksRequest, response: EksResponse): void {
    const key = tokenKey(call);
    if (key === undefined) return;
    const input = JSON.stringify(call.input);
    this.state.scope(request).remembered.set(key, { input, response });
  }

  private rememberedOf(call: Call, request: EksRequest): Remembered | undefined {
    const key = tokenKey(call);
    return key === undefined ? undefined : this.state.scope(request).remembered.get(key);
  }
}

function tokenKey({ name, operation, input }: Call): string | undefined {
  const token = input.clientRequestToken;
  return operation.mutates && typeof token === "string" && token !== "" ? `${name}:${token}` : undefined;
}

function violation(operation: string, input: RawInput, violations: readonly string[]): EksApiError {
  const name = input.clusterName ?? (operation.includes("Cluster") ? input.name : undefined);
  const { nodegroupName, addonName } = input;
  const count = `${violations.length} validation error${violations.length === 1 ? "" : "s"} detected`;
  return new EksApiError(refusalCode(operation), `${count}: ${violations.join("; ")}`, {
    ...(typeof name === "string" && { clusterName: name }),
    ...(typeof nodegroupName === "string" && { nodegroupName }),
    ...(typeof addonName === "string" && { addonName }),
  });
}

const REFUSALS = ["InvalidParameterException", "InvalidRequestException", "BadRequestException"];

/** The exception for bad input, of those that the operation may answer with. */
function refusalCode(operation: string): string {
  const codes = apiModel.operations[operation]?.errors ?? [];
  return REFUSALS.find((code) => codes.includes(code)) ?? "InvalidParameterException";
}

function toResponse(error: unknown): EksResponse {
  if (error instanceof EksApiError) return error.toResponse();
  const message = error instanceof Error ? error.message : String(error);
  return new EksApiError("ServerException", `The sandbox's EKS service failed: ${message}`).toResponse();
}

function withRequestId(response: EksResponse, request: EksRequest, seq: number): EksResponse {
  const hash = createHash("sha256").update(`${seq}:${request.method}:${request.path}`).digest("hex");
  const id = [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join(
    "-",
  );
  return { ...response, headers: { ...response.headers, "x-amzn-RequestId": id } };
}

function copyAsJson(body: object): unknown {
  return JSON.parse(JSON.stringify(body)) as unknown;
}
