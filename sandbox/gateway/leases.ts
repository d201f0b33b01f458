import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { SandboxError } from "../errors";

export const leaseSchema = z.strictObject({
  /** Environment id, e.g. `atlas/dev`. */
  environment: z.string().min(1),
  /** Process that deploys. */
  pid: z.int().positive(),
  user: z.string(),
  host: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
});

/** The right of one process to change one environment. */
export type Lease = z.infer<typeof leaseSchema>;

/** Who deploys what. A lease ends with its process, given back or not. */
export class Leases {
  private readonly held: Map<string, Lease>;

  /**
   * @param file where leases survive a restart of the gateway
   * @param alive tells whether a process exists
   */
  constructor(
    private readonly file: string,
    private readonly alive: (pid: number) => boolean,
  ) {
    this.held = new Map(readLeases(file).map((lease) => [lease.environment, lease]));
  }

  /** Leases of processes that exist. */
  get current(): Lease[] {
    return [...this.held.values()].filter(({ pid }) => this.alive(pid));
  }

  /** Who holds an environment now. */
  holder(environment: string): Lease | undefined {
    return this.current.find((lease) => lease.environment === environment);
  }

  /**
   * @throws SandboxError SANDBOX_LEASE_HELD when another living process holds the environment
   */
  take(lease: Lease): void {
    const holder = this.holder(lease.environment);
    if (holder !== undefined && holder.pid !== lease.pid) {
      throw new SandboxError(
        "SANDBOX_LEASE_HELD",
        `${lease.environment} is being deployed by process ${holder.pid} of ${holder.user}@${holder.host}, since ${holder.startedAt}. Wait for it to end, or end it.`,
      );
    }
    this.held.set(lease.environment, lease);
    this.save();
  }

  /** Gives a lease back; nothing happens when another process holds it. */
  release(environment: string, pid: number): boolean {
    if (this.held.get(environment)?.pid !== pid) return false;
    this.held.delete(environment);
    this.save();
    return true;
  }

  private save(): void {
    writeFileSync(this.file, JSON.stringify(this.current));
  }
}

function readLeases(file: string): Lease[] {
  try {
    return existsSync(file) ? z.array(leaseSchema).parse(JSON.parse(readFileSync(file, "utf8"))) : [];
  } catch {
    // A file cut off by a kill: the locks in the state bucket still protect the states.
    return [];
  }
}
