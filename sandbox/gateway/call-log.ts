import { closeSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import type { PassedRole } from "../iam/call-permissions";

/** One AWS call, as the call log keeps it. */
export interface CallRecord {
  /** Counts calls, reads included; grows over restarts. */
  readonly id: number;
  /** Sequence number in the journal, for calls that changed something. */
  readonly seq?: number;
  /** ISO 8601. */
  readonly time: string;
  readonly account: string;
  readonly principal: string;
  readonly region: string;
  readonly service: string;
  readonly action: string;
  /** IAM actions that AWS checks for this call. */
  readonly actions: readonly string[];
  /** ARNs the call is about, as far as they have names before the call. */
  readonly resources: readonly string[];
  readonly passes?: readonly PassedRole[];
  /** HTTP status; 0 when the connection was cut by a fault. */
  readonly status: number;
  readonly ms: number;
  /** Kind of the injected fault. */
  readonly fault?: string;
  /** Made by a service of the sandbox, not by the caller. */
  readonly internal?: boolean;
}

/** What to look for in the call log. */
export interface CallFilter {
  /** Only calls with a larger id. */
  readonly since?: number;
  readonly principal?: string;
}

/** Calls kept over a restart; older ones are dropped then. */
const KEPT = 50_000;

/** Every AWS call, in memory and in an ndjson file. */
export class CallLog {
  private readonly records: CallRecord[];
  private readonly descriptor: number;

  /** @param file path of the ndjson file; lines that cannot be read are dropped */
  constructor(file: string) {
    const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    this.records = lines.flatMap(parseRecord).slice(-KEPT);
    writeFileSync(file, this.records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    this.descriptor = openSync(file, "a");
  }

  get size(): number {
    return this.records.length;
  }

  /** Id of the newest call; 0 when there is none. */
  get last(): number {
    return this.records.at(-1)?.id ?? 0;
  }

  add(record: Omit<CallRecord, "id">): void {
    const full = { id: this.last + 1, ...record };
    this.records.push(full);
    writeSync(this.descriptor, `${JSON.stringify(full)}\n`);
  }

  /** Calls in the order in which they ended. */
  find({ since = 0, principal }: CallFilter): CallRecord[] {
    return this.records.filter((r) => r.id > since && (principal === undefined || r.principal === principal));
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

function parseRecord(line: string): CallRecord[] {
  try {
    return line === "" ? [] : [JSON.parse(line) as CallRecord];
  } catch {
    return [];
  }
}
