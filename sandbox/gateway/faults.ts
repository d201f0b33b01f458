import { z } from "zod";
import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { awsError } from "../aws/aws-error";

export const faultRuleSchema = z.strictObject({
  /** Signing name; any service when left out. */
  service: z.string().optional(),
  /** Operation name; any when left out. */
  action: z.string().optional(),
  /** Stack id; any caller when left out. */
  principal: z.string().optional(),
  /** What happens: refused for its rate, failed, answered late, or the connection closed. */
  kind: z.enum(["throttle", "error", "latency", "cut"]),
  /** `after`: the call is executed and its answer lost; for `cut` and `error`. */
  phase: z.enum(["before", "after"]).default("before"),
  /** How many calls are hit; all when left out. */
  times: z.int().positive().optional(),
  /** Share of the matching calls that is hit. */
  probability: z.number().gt(0).max(1).default(1),
  /** Seed of the choice among matching calls. */
  seed: z.int().default(1),
  /** Delay in milliseconds, for `latency`. */
  ms: z.number().nonnegative().default(1000),
  /** HTTP status, for `error`. */
  status: z.int().min(400).max(599).default(500),
});

/** Which calls go wrong, and how. */
export type FaultRule = z.infer<typeof faultRuleSchema>;

interface ArmedRule {
  readonly rule: FaultRule;
  left: number;
  readonly random: () => number;
}

/** Injected faults, the first matching rule winning. */
export class Faults {
  private armed: ArmedRule[] = [];

  get rules(): FaultRule[] {
    return this.armed.filter(({ left }) => left > 0).map(({ rule }) => rule);
  }

  add(rule: FaultRule): void {
    this.armed.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY, random: randomNumbers(rule.seed) });
  }

  clear(): void {
    this.armed = [];
  }

  /** The fault that hits this call, if any; uses it up. */
  take(call: Pick<AwsCall, "service" | "action" | "principal">): FaultRule | undefined {
    for (const armed of this.armed) {
      if (armed.left <= 0 || !matches(armed.rule, call)) continue;
      if (armed.random() >= armed.rule.probability) continue;
      armed.left -= 1;
      return armed.rule;
    }
    return undefined;
  }
}

/** What the caller hears of a fault that has an answer. */
export function faultResponse(rule: FaultRule, call: AwsCall): AwsResponse {
  const message = `Injected fault: ${rule.kind} of ${call.service} ${call.action}`;
  if (rule.kind === "error") return awsError(call.protocol, { status: rule.status, code: "InternalError", message });
  if (call.protocol === "s3") return awsError("s3", { status: 503, code: "SlowDown", message });
  if (call.protocol === "ec2") return awsError("ec2", { status: 503, code: "RequestLimitExceeded", message });
  const json = call.protocol === "json" || call.protocol === "rest-json";
  return awsError(call.protocol, {
    status: json ? 429 : 400,
    code: json ? "ThrottlingException" : "Throttling",
    message,
  });
}

function matches(rule: FaultRule, call: Pick<AwsCall, "service" | "action" | "principal">): boolean {
  return (["service", "action", "principal"] as const).every(
    (key) => rule[key] === undefined || rule[key] === call[key],
  );
}

/** Mulberry32: small, seedable, good enough to choose calls. */
function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
