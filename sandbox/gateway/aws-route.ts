import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { setTimeout as delay } from "node:timers/promises";
import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { awsError } from "../aws/aws-error";
import type { EksBackend } from "../eks/contract";
import { parseCall } from "../aws/parse-call";
import { callPermissions } from "../iam/call-permissions";
import type { CallLog, CallRecord } from "./call-log";
import type { Execution, Executor } from "./executor";
import type { FaultRule, Faults } from "./faults";
import { faultResponse } from "./faults";
import type { OpenConnections } from "./open-connections";

/** What the route of AWS calls works with. */
export interface AwsRouteParts {
  readonly executor: Executor;
  readonly eks: EksBackend;
  readonly faults: Faults;
  readonly calls: CallLog;
  readonly connections: OpenConnections;
  readonly log: (line: string) => void;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"] as const;

/** Takes every AWS call at one address: which service is meant stands in its signature. */
export function addAwsRoute(app: FastifyInstance, parts: AwsRouteParts): void {
  app.route({
    method: [...METHODS],
    url: "/*",
    handler: async (request, reply) => {
      reply.hijack();
      await answer(parts, request, reply);
    },
  });
}

/** A record of a call for the log. */
export function callRecord(
  call: AwsCall,
  outcome: Pick<CallRecord, "status" | "ms" | "seq" | "fault" | "internal">,
): Omit<CallRecord, "id"> {
  const { account, principal, region, service, action } = call;
  const { actions, resources, passes } = callPermissions(call);
  const { seq, fault, internal } = outcome;
  return {
    ...(seq === undefined ? {} : { seq }),
    time: new Date().toISOString(),
    ...{ account, principal, region, service, action, actions, resources },
    ...(passes.length === 0 ? {} : { passes }),
    status: outcome.status,
    ms: Math.round(outcome.ms * 10) / 10,
    ...(fault === undefined ? {} : { fault }),
    ...(internal === undefined ? {} : { internal }),
  };
}

async function answer(parts: AwsRouteParts, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const began = performance.now();
  const { method = "GET", url = "/", rawHeaders: headers } = request.raw;
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const call = parseCall({ method, url, headers, body }, parts.eks);
  if (call === undefined) {
    const message =
      "The sandbox answers requests that are signed with Signature Version 4 only: the signature names account, service and region.";
    send(reply, method, awsError("s3", { status: 403, code: "MissingAuthenticationToken", message }));
    return;
  }
  parts.connections.use(request.raw.socket, call.account, call.principal);
  const fault = parts.faults.take(call);
  const execution = await executeWithFault(parts, call, fault);
  const status = execution?.response.status ?? 0;
  parts.calls.add(callRecord(call, { status, seq: execution?.seq, ms: performance.now() - began, fault: fault?.kind }));
  if (execution === undefined) request.raw.socket.destroy();
  else send(reply, method, execution.response);
}

/** @returns undefined when the connection is to be cut */
async function executeWithFault(
  parts: AwsRouteParts,
  call: AwsCall,
  fault: FaultRule | undefined,
): Promise<Execution | undefined> {
  if (fault === undefined) return executeSafely(parts, call);
  if (fault.kind === "latency") {
    await delay(fault.ms);
    return executeSafely(parts, call);
  }
  const executed = fault.phase === "after" ? await executeSafely(parts, call) : undefined;
  if (fault.kind === "cut") return undefined;
  return { response: faultResponse(fault, call), seq: executed?.seq };
}

async function executeSafely(parts: AwsRouteParts, call: AwsCall): Promise<Execution> {
  try {
    return await parts.executor.execute(call);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    parts.log(`${call.service} ${call.action} of ${call.principal} failed in the sandbox: ${reason}`);
    const message = `The sandbox failed on ${call.service} ${call.action}: ${reason}`;
    return { response: awsError(call.protocol, { status: 400, code: "SandboxFailure", message }) };
  }
}

function send(reply: FastifyReply, method: string, response: AwsResponse): void {
  const { status, headers, body } = response;
  const bodiless = method === "HEAD" || status === 204 || status === 304;
  const kept: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? "";
    // Of a HEAD answer the length is the object's; of any other it follows from the body.
    if (name.toLowerCase() !== "content-length" || method === "HEAD") kept.push(name, headers[index + 1] ?? "");
  }
  if (!bodiless) kept.push("content-length", String(body.length));
  reply.raw.writeHead(status, kept);
  reply.raw.end(bodiless ? undefined : body);
}
