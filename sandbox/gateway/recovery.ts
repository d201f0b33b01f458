import { z } from "zod";
import { SandboxError } from "../errors";
import type { Journal } from "../journal/journal";
import type { OpenOperation } from "../journal/rollback-selection";
import { openOperations } from "../journal/rollback-selection";
import type { Leases } from "./leases";
import type { OpenConnections } from "./open-connections";
import type { ReplayReport, World } from "./world";

export const recoverRequestSchema = z.strictObject({
  /** Environment id, e.g. `atlas/dev`: all its stacks. */
  environment: z.string().optional(),
  /** Stack ids. */
  stacks: z.array(z.string()).optional(),
  /** Only locks in this bucket. */
  stateBucket: z.string().optional(),
  /** The asking process: its own lease does not stand in the way. */
  pid: z.int().optional(),
  /** Also where the stack still has connections open. */
  force: z.boolean().default(false),
});

/** Which interrupted operations to take back. */
export type RecoverRequest = z.input<typeof recoverRequestSchema>;

/** What became of one stack that held its state lock. */
export interface RecoveredStack {
  readonly stack: string;
  readonly account: string;
  /** `bucket/key` of the lock. */
  readonly lock: string;
  /** ISO 8601, when the lock was taken. */
  readonly since: string;
  /** `running`: left alone, its Terraform still has connections open. */
  readonly outcome: "rolled-back" | "running";
  /** Calls taken back, by `service:action`. */
  readonly undone: Readonly<Record<string, number>>;
}

/** What a recovery did; `replay` is left out when there was nothing to take back. */
export interface RecoverReport {
  readonly stacks: readonly RecoveredStack[];
  readonly replay?: ReplayReport;
}

/** What a recovery works with. */
export interface RecoveryParts {
  readonly journal: Journal;
  readonly world: World;
  readonly leases: Leases;
  readonly connections: OpenConnections;
  readonly log: (line: string) => void;
}

/**
 * Takes back whole operations whose Terraform died with its state lock held: the world is then what it was before.
 *
 * Must run when no call is being executed.
 *
 * @throws SandboxError SANDBOX_LEASE_HELD when another living process deploys the environment
 */
export async function recover(parts: RecoveryParts, request: RecoverRequest): Promise<RecoverReport> {
  const { journal, world, connections, log } = parts;
  refuseIfHeld(parts.leases, request);
  const prefix = request.environment === undefined ? undefined : `${request.environment.replace("/", "-")}-`;
  const { stacks, stateBucket, force = false } = request;
  const open = openOperations(journal.all, { prefix, stacks, stateBucket });
  const dead = open.filter(({ account, stack }) => force || connections.count(account, stack) === 0);
  for (const { stack, calls, lock } of dead) {
    journal.void(
      calls.map(({ seq }) => seq),
      `${stack} died holding ${lock}`,
    );
    log(`rolled back ${calls.length} calls of ${stack}, which died holding ${lock}`);
  }
  const report = open.map((operation) => recovered(operation, dead.includes(operation)));
  return dead.length === 0 ? { stacks: report } : { stacks: report, replay: await world.rebuild() };
}

function refuseIfHeld(leases: Leases, { environment, stacks = [], pid }: RecoverRequest): void {
  for (const lease of leases.current) {
    const prefix = `${lease.environment.replace("/", "-")}-`;
    const concerned = lease.environment === environment || stacks.some((stack) => stack.startsWith(prefix));
    if (!concerned || lease.pid === pid) continue;
    throw new SandboxError(
      "SANDBOX_LEASE_HELD",
      `${lease.environment} is being deployed by process ${lease.pid} of ${lease.user}@${lease.host}, since ${lease.startedAt}: nothing of it is rolled back.`,
    );
  }
}

function recovered({ stack, account, lock, since, calls }: OpenOperation, rolledBack: boolean): RecoveredStack {
  const undone: Record<string, number> = {};
  for (const { service, action } of rolledBack ? calls : []) {
    const name = `${service}:${action}`;
    undone[name] = (undone[name] ?? 0) + 1;
  }
  const outcome = rolledBack ? "rolled-back" : "running";
  return { stack, account, lock, since: new Date(since).toISOString(), outcome, undone };
}
