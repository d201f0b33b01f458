import type { ClusterHealth } from "../clusters";
import type { CallFilter, CallRecord } from "../gateway/call-log";
import type { FaultRule } from "../gateway/faults";
import type { Health } from "../gateway/health";
import type { Lease } from "../gateway/leases";
import type { RecoverReport, RecoverRequest } from "../gateway/recovery";
import type { SandboxErrorCode } from "../errors";
import { SandboxError } from "../errors";

/** More than anything that the gateway does takes; Node's own client gives up after it too. */
const PATIENCE_MS = 5 * 60_000;

/**
 * The sandbox's own interface, from another process. Every call throws SandboxError SANDBOX_NOT_RUNNING when nobody
 * listens, and SANDBOX_NO_ANSWER when somebody does and does not answer in time.
 */
export class SandboxClient {
  /**
   * @param endpoint address of the gateway, e.g. `http://127.0.0.1:4566`
   * @param patienceMs how long an answer is waited for
   */
  constructor(
    private readonly endpoint: string,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** @param fresh whether nodes and pods are counted anew, which may take up to two seconds */
  health(fresh = false): Promise<Health> {
    return this.send("GET", fresh ? "health?fresh=true" : "health");
  }

  /** Brings the clusters to what EKS says; returns when each has its control plane, cannot have it or takes too long. */
  reconcileClusters(): Promise<ClusterHealth[]> {
    return this.send("POST", "clusters/reconcile");
  }

  calls({ since, principal }: CallFilter = {}): Promise<CallRecord[]> {
    const query = new URLSearchParams({
      ...(since === undefined ? {} : { since: String(since) }),
      ...(principal === undefined ? {} : { principal }),
    });
    return this.send("GET", `calls?${query.toString()}`);
  }

  /** @returns all rules now in force */
  addFaults(rules: readonly Partial<FaultRule>[]): Promise<FaultRule[]> {
    return this.send("POST", "faults", rules);
  }

  clearFaults(): Promise<FaultRule[]> {
    return this.send("DELETE", "faults");
  }

  /** @throws SandboxError SANDBOX_LEASE_HELD, naming the holder */
  takeLease(lease: Lease): Promise<Lease> {
    return this.send("POST", "leases", lease);
  }

  releaseLease(environment: string, pid: number): Promise<{ released: boolean }> {
    return this.send("DELETE", "leases", { environment, pid });
  }

  /** @throws SandboxError SANDBOX_LEASE_HELD when another process deploys what is to be taken back */
  recover(request: RecoverRequest): Promise<RecoverReport> {
    return this.send("POST", "recover", request);
  }

  shutdown(): Promise<{ pid: number }> {
    return this.send("POST", "shutdown");
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.fetch(method, path, body);
    const value: unknown = await answer.json();
    if (answer.ok) return value as T;
    const { code, message } = value as { code?: SandboxErrorCode; message?: string };
    throw new SandboxError(code ?? "SANDBOX_REQUEST_REFUSED", message ?? `${method} ${path}: HTTP ${answer.status}`);
  }

  private async fetch(method: string, path: string, body: unknown): Promise<Response> {
    const content =
      body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    try {
      const signal = AbortSignal.timeout(this.patienceMs);
      return await fetch(`${this.endpoint}/_flightdeck/${path}`, { method, signal, ...content });
    } catch (error) {
      if (isTimeout(error)) {
        throw new SandboxError(
          "SANDBOX_NO_ANSWER",
          `The sandbox at ${this.endpoint} runs, but has not answered ${method} ${path} within ${this.patienceMs / 1000} s; \`flightdeck sandbox status\` says what it does.`,
        );
      }
      throw new SandboxError(
        "SANDBOX_NOT_RUNNING",
        `No sandbox answers at ${this.endpoint}; \`flightdeck sandbox up\` starts one.`,
      );
    }
  }
}

/** True when somebody listens who does not answer: of a refused or broken connection the cause says something else. */
function isTimeout(error: unknown): boolean {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: string } };
  return name === "TimeoutError" || cause?.code === "UND_ERR_HEADERS_TIMEOUT";
}
