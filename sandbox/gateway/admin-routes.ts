import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { ClusterHealth } from "../clusters";
import { SandboxError } from "../errors";
import type { CallLog } from "./call-log";
import type { Faults } from "./faults";
import { faultRuleSchema } from "./faults";
import type { Health } from "./health";
import type { Leases } from "./leases";
import { leaseSchema } from "./leases";
import type { RecoverReport, RecoverRequest } from "./recovery";
import { recoverRequestSchema } from "./recovery";

/** What the admin routes work with. */
export interface AdminParts {
  readonly health: () => Health;
  /** The same, nodes and pods counted anew. */
  readonly freshHealth: () => Promise<Health>;
  readonly calls: CallLog;
  readonly faults: Faults;
  readonly leases: Leases;
  /** Brings the clusters to what EKS says, and waits for it. */
  readonly reconcileClusters: () => Promise<ClusterHealth[]>;
  readonly recover: (request: RecoverRequest) => Promise<RecoverReport>;
  /** Ends the gateway, after the answer is out. */
  readonly shutdown: () => void;
}

const callsQuery = z.strictObject({ since: z.coerce.number().optional(), principal: z.string().optional() });
const healthQuery = z.strictObject({ fresh: z.literal("true").optional() });
const releaseSchema = z.strictObject({ environment: z.string(), pid: z.int() });

/** The sandbox's own interface, under `/_flightdeck/`. */
export function addAdminRoutes(app: FastifyInstance, parts: AdminParts): void {
  const at = (path: string) => `/_flightdeck/${path}`;
  app.get(at("health"), (request, reply) =>
    checked<z.infer<typeof healthQuery>, Health>(reply, healthQuery, request.query, ({ fresh }) =>
      fresh === undefined ? parts.health() : parts.freshHealth(),
    ),
  );
  app.get(at("calls"), (request, reply) =>
    checked(reply, callsQuery, request.query, (filter) => parts.calls.find(filter)),
  );
  app.get(at("faults"), () => parts.faults.rules);
  app.post(at("faults"), (request, reply) =>
    checked(reply, z.union([faultRuleSchema, z.array(faultRuleSchema)]), json(request.body), (rules) => {
      for (const rule of [rules].flat()) parts.faults.add(rule);
      return parts.faults.rules;
    }),
  );
  app.delete(at("faults"), () => {
    parts.faults.clear();
    return [];
  });
  app.get(at("leases"), () => parts.leases.current);
  app.post(at("leases"), (request, reply) =>
    checked(reply, leaseSchema, json(request.body), (lease) => {
      parts.leases.take(lease);
      return lease;
    }),
  );
  app.delete(at("leases"), (request, reply) =>
    checked(reply, releaseSchema, json(request.body), ({ environment, pid }) => ({
      released: parts.leases.release(environment, pid),
    })),
  );
  app.post(at("recover"), (request, reply) => checked(reply, recoverRequestSchema, json(request.body), parts.recover));
  app.post(at("clusters/reconcile"), () => parts.reconcileClusters());
  app.post(at("shutdown"), (_request, reply) => {
    reply.raw.once("finish", parts.shutdown);
    return { pid: process.pid };
  });
}

async function checked<T, R>(
  reply: FastifyReply,
  schema: z.ZodType<T>,
  given: unknown,
  work: (value: T) => R | Promise<R>,
): Promise<unknown> {
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
    return reply.code(400).send({ code: "SANDBOX_REQUEST_REFUSED", message: problems.join("\n") });
  }
  try {
    return await work(parsed.data);
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    return reply.code(409).send({ code: error.code, message: error.message });
  }
}

function json(body: unknown): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
