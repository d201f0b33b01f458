import type { CallFilter, CallRecord } from "../gateway/call-log";
import type { FaultRule } from "../gateway/faults";
import type { Health } from "../gateway/health";
import type { Lease } from "../gateway/leases";
import type { RecoverReport, RecoverRequest } from "../gateway/recovery";
import type { SandboxErrorCode } from "../errors";
import { SandboxError } from "../errors";

/** The sandbox's own interface, from another process. */
export class SandboxClient {
  /** @param endpoint address of the gateway, e.g. `http://127.0.0.1:4566` */
  constructor(private readonly endpoint: string) {}

  health(): Promise<Health> {
    return this.send("GET", "health");
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
      return await fetch(`${this.endpoint}/_flightdeck/${path}`, { method, ...content });
    } catch {
      throw new SandboxError(
        "SANDBOX_NOT_RUNNING",
        `No sandbox answers at ${this.endpoint}; \`flightdeck sandbox up\` starts one.`,
      );
    }
  }
}
