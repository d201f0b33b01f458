import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { awsError, notImplemented } from "../aws/aws-error";
import type { ApplyContext, EksBackend, EksRequest, EksResponse } from "../eks/contract";
import type { Journal } from "../journal/journal";
import { awsPort } from "./aws-port";
import { eksAnswer, eksRequest } from "./eks-call";
import type { SerialQueue } from "./serial-queue";
import type { World } from "./world";

/** What the executor works with. */
export interface ExecutorParts {
  readonly journal: Journal;
  readonly world: World;
  readonly eks: EksBackend;
  readonly queue: SerialQueue;
  /** Completes an answer of EKS with what is true at the time. */
  readonly completeAnswer: (request: EksRequest, response: EksResponse) => EksResponse;
  /** Told what moto has answered. */
  readonly onAnswer: (call: AwsCall, response: AwsResponse) => void;
  /** Told when EKS has changed something. */
  readonly onEksChange: () => void;
  /** Told of each call that EKS makes to another service. */
  readonly onInternalCall: (call: AwsCall, response: AwsResponse, seq: number | undefined, ms: number) => void;
  /** Milliseconds a call waits for its turn, e.g. while moto is brought back. */
  readonly patienceMs: number;
}

/** An answer, and the journal entry of the call if it was one that changes something. */
export interface Execution {
  readonly response: AwsResponse;
  readonly seq?: number;
}

/** Executes calls: what changes something goes through the journal, and everything on moto one at a time. */
export class Executor {
  constructor(private readonly parts: ExecutorParts) {}

  async execute(call: AwsCall): Promise<Execution> {
    const { protocol, service, action, unsupported } = call;
    if (unsupported !== undefined) {
      return { response: notImplemented(protocol, service, action, "no part of it knows this request") };
    }
    if (service === "eks" && !call.mutates) {
      const context = { seq: 0, now: Date.now(), effects: undefined };
      return { response: this.answerEks(call, context) };
    }
    const patience = this.parts.patienceMs;
    const done = await this.parts.queue.run(() => this.executeNow(call), patience);
    if (done !== undefined) return done;
    const message = `The sandbox was busy for ${patience / 1000} s; its log says with what.`;
    return { response: awsError(protocol, { status: 503, code: "ServiceUnavailable", message }) };
  }

  private executeNow(call: AwsCall): Promise<Execution> {
    return call.service === "eks" ? this.executeEks(call) : this.executeOnMoto(call);
  }

  private async executeOnMoto(call: AwsCall, parent?: number): Promise<Execution> {
    const { world, journal, onAnswer } = this.parts;
    if (!call.mutates) {
      const response = await world.execute(call);
      onAnswer(call, response);
      return { response };
    }
    const seq = this.begin(call, Date.now(), parent);
    const response = await this.settle(seq, () => world.execute(call, seq));
    journal.done(seq, response.status);
    onAnswer(call, response);
    return { response, seq };
  }

  private async executeEks(call: AwsCall): Promise<Execution> {
    const { eks, journal } = this.parts;
    const now = Date.now();
    const seq = this.begin(call, now);
    const port = awsPort(call, (inner) => this.executeInner(inner, seq));
    const { response, effects } = await this.settle(seq, async () => {
      const done = await eks.effects(eksRequest(call), port, now);
      return { response: this.answerEks(call, { seq, now, effects: done }), effects: done };
    });
    journal.done(seq, response.status, effects);
    if (response.status < 300) this.parts.onEksChange();
    return { response, seq };
  }

  /** An EKS call is answered by EKS itself, at once. */
  private answerEks(call: AwsCall, context: ApplyContext): AwsResponse {
    const { eks, completeAnswer } = this.parts;
    const request = eksRequest(call);
    return eksAnswer(completeAnswer(request, eks.apply(request, context)));
  }

  private async executeInner(call: AwsCall, parent: number): Promise<AwsResponse> {
    const began = performance.now();
    const { response, seq } = await this.executeOnMoto(call, parent);
    this.parts.onInternalCall(call, response, seq, performance.now() - began);
    return response;
  }

  private begin(
    { account, principal, service, action, method, url, headers, body }: AwsCall,
    time: number,
    parent?: number,
  ): number {
    const call = { time, account, principal, service, action, method, url, headers, body };
    return this.parts.journal.begin(parent === undefined ? call : { ...call, parent });
  }

  /** A call that broke inside the sandbox must not stay open in the journal. */
  private async settle<T>(seq: number, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.parts.journal.done(seq, 500);
      throw error;
    }
  }
}
