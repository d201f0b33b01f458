import { z } from "zod";
import { SandboxError } from "../errors";
import { doneSince } from "../journal/done-since";
import type { Journal } from "../journal/journal";
import type { JournalEntry } from "../journal/journal-entry";
import type { OpenOperation } from "../journal/rollback-selection";
import { openOperations } from "../journal/rollback-selection";
import type { Needs } from "../stack-graph";
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
  /** By stack id, those whose outputs it reads: what was done to neighbours since is taken back too. */
  needs: z.record(z.string(), z.array(z.string())).default({}),
  /** The asking process: its own lease does not stand in the way. */
  pid: z.int().optional(),
  /** Also where the stack still has connections open. */
  force: z.boolean().default(false),
});

/** Which interrupted operations to take back. */
export type RecoverRequest = z.input<typeof recoverRequestSchema>;

/** What became of one stack that held its state lock, or of a neighbour of one. */
export interface RecoveredStack {
  readonly stack: string;
  readonly account: string;
  /** `bucket/key` of the lock that was held, by this stack or by the one it goes with. */
  readonly lock: string;
  /** ISO 8601, when the lock was taken. */
  readonly since: string;
  /** `running`: left alone with what would go with it, its Terraform still has connections open. */
  readonly outcome: "rolled-back" | "running";
  /** Calls taken back, by `service:action`. */
  readonly undone: Readonly<Record<string, number>>;
  /**
   * The stack that it is taken back with, which it reads or is read by.
   * @default - it held its own lock
   */
  readonly with?: string;
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

/** What is to be taken back of one stack: its open operation, or what it did beside that of another. */
type Undo = OpenOperation & Pick<RecoveredStack, "with">;

/**
 * Takes back whole operations whose Terraform died with its state lock held, together with what neighbours have done
 * since: the world is then what it was before.
 *
 * Must run when no call is being executed.
 *
 * @throws SandboxError SANDBOX_LEASE_HELD when another living process deploys the environment
 */
export async function recover(parts: RecoveryParts, request: RecoverRequest): Promise<RecoverReport> {
  const { journal, world, connections, log } = parts;
  refuseIfHeld(parts.leases, request);
  const prefix = request.environment === undefined ? undefined : `${request.environment.replace("/", "-")}-`;
  const { stacks, stateBucket, needs = {}, force = false } = request;
  const open = openOperations(journal.all, { prefix, stacks, stateBucket });
  const undos = open.map((operation) => [operation, ...neighbours(operation, journal.all, needs)]);
  const isRunning = ({ account, stack }: Undo) => !force && connections.count(account, stack) > 0;
  const dead = merged(undos.filter((together) => !together.some(isRunning)).flat());
  const running = merged(undos.flat().filter(isRunning));
  for (const { stack, calls, lock, with: other } of dead) {
    const why = other === undefined ? `${stack} died holding ${lock}` : `goes with ${other}`;
    journal.void(
      calls.map(({ seq }) => seq),
      why,
    );
    log(`rolled back ${calls.length} calls of ${stack}: ${why}`);
  }
  const report = [
    ...dead.map((undo) => recovered(undo, "rolled-back")),
    ...running.map((undo) => recovered(undo, "running")),
  ];
  return dead.length === 0 ? { stacks: report } : { stacks: report, replay: await world.rebuild() };
}

function neighbours(operation: OpenOperation, entries: readonly JournalEntry[], needs: Needs): Undo[] {
  return [...doneSince(operation, entries, needs)].map(([stack, calls]) => ({
    ...operation,
    ...{ stack, calls, with: operation.stack },
  }));
}

/** One for each stack, in the order given: what held a lock of its own and is a neighbour too is told as the former. */
function merged(undos: readonly Undo[]): Undo[] {
  const found: Undo[] = [];
  for (const undo of undos) {
    const index = found.findIndex(({ account, stack }) => account === undo.account && stack === undo.stack);
    const other = found[index];
    if (other === undefined) found.push(undo);
    else {
      const calls = [...new Set([...other.calls, ...undo.calls])];
      found[index] = { ...(undo.with === undefined ? undo : other), calls };
    }
  }
  return found;
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

function recovered(undo: Undo, outcome: RecoveredStack["outcome"]): RecoveredStack {
  const { stack, account, lock, since, calls, with: other } = undo;
  const undone: Record<string, number> = {};
  for (const { service, action } of outcome === "rolled-back" ? calls : []) {
    const name = `${service}:${action}`;
    undone[name] = (undone[name] ?? 0) + 1;
  }
  const times = { lock, since: new Date(since).toISOString() };
  return { stack, account, ...times, outcome, undone, ...(other !== undefined && { with: other }) };
}
