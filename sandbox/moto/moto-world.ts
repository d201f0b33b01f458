import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { headerOf } from "../aws/aws-call";
import type { MotoRequest } from "./moto-client";
import { sendToMoto } from "./moto-client";
import type { MotoServer } from "./moto-server";

/** The services whose first use in an account draws random ids: default VPCs, managed policies. */
const FIRST_USES = [
  { service: "ec2", body: "Action=DescribeVpcs&Version=2016-11-15" },
  { service: "iam", body: "Action=ListRoles&Version=2010-05-08" },
] as const;

/** Last lines of moto's error for an unknown action; the third is what an unknown service ends in. */
const MISSING = /NotImplementedError|OperationNotFoundError|'NoneType' object has no attribute 'replace'/;
const LOG_DELAY_MS = 300;

/** What moto said where it could not say it as AWS would. */
export interface MotoFailure {
  /** Last line of moto's own error, or why there is none. */
  readonly reason: string;
  /** The action is not there, rather than broken. */
  readonly missing: boolean;
}

/**
 * moto with ids that depend on sequence numbers only, so that a replay gives the same world.
 *
 * Calls must come one at a time: the generator of ids is one for the whole process.
 */
export class MotoWorld {
  private readonly usedRegions = new Set<string>();

  constructor(private readonly server: MotoServer) {}

  /** Forgets which accounts and regions are in use: for a moto that has just been started. */
  reset(): void {
    this.usedRegions.clear();
  }

  /**
   * Executes one call.
   *
   * @param seed decides the ids that the call makes; left out for calls that make none
   * @throws SandboxError SANDBOX_MOTO_GONE when moto dies over it
   */
  async execute(call: MotoRequest & Pick<AwsCall, "region">, seed?: number): Promise<AwsResponse> {
    await this.firstUse(call.account, call.region);
    if (seed !== undefined) await this.seed(seed);
    return sendToMoto(this.server.port, call);
  }

  /** What went wrong inside moto, when an answer is its web framework's and not an AWS service's. */
  async failureOf(response: AwsResponse, logPosition: number): Promise<MotoFailure | undefined> {
    const html = headerOf(response.headers, "content-type")?.startsWith("text/html") === true;
    if (!html || response.status < 400 || response.body.length === 0) return undefined;
    if (response.status === 404) return { reason: "moto has no such path", missing: true };
    const reason = (await this.loggedError(logPosition)) ?? `moto answered ${response.status}`;
    return { reason, missing: MISSING.test(reason) };
  }

  /** moto answers first and logs the reason after that. */
  private async loggedError(logPosition: number): Promise<string | undefined> {
    const deadline = Date.now() + LOG_DELAY_MS;
    for (;;) {
      const error = this.server.errorSince(logPosition);
      if (error !== undefined || Date.now() > deadline) return error;
      await delay(10);
    }
  }

  private async firstUse(account: string, region: string): Promise<void> {
    const place = `${account}/${region}`;
    if (this.usedRegions.has(place)) return;
    for (const { service, body } of FIRST_USES) {
      await this.seed(createHash("sha256").update(`${place}/${service}`).digest().readUInt32BE());
      await sendToMoto(this.server.port, {
        method: "POST",
        url: "/",
        headers: signedHeaders(service, region, account),
        body: Buffer.from(body),
        account,
      });
    }
    this.usedRegions.add(place);
  }

  private async seed(seed: number): Promise<void> {
    const headers = ["host", "localhost"];
    await sendToMoto(this.server.port, {
      method: "POST",
      url: `/moto-api/seed?a=${seed}`,
      headers,
      body: Buffer.alloc(0),
      account: "0",
    });
  }
}

function signedHeaders(service: string, region: string, account: string): string[] {
  const credential = `FD-${account}-sandbox/20260101/${region}/${service}/aws4_request`;
  return [
    ...["host", "localhost"],
    ...["authorization", `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`],
    ...["content-type", "application/x-www-form-urlencoded"],
  ];
}
