import { EksService, type EksResponse, type EksSnapshot } from "../../../../sandbox/eks";
import { apiModel } from "../../../../sandbox/eks/model/api-model";
import { FakeAws } from "./fake-aws";
import { fakeCatalog } from "./fake-catalog";

export const ACCOUNT = "111111111111";
export const REGION = "eu-west-1";
export const START = Date.parse("2026-06-01T10:00:00Z");

/** An answer, its body ready to be looked into. */
export interface Answer {
  readonly status: number;
  readonly error: string | undefined;
  // The answers of 40 operations have as many shapes; each test knows the one it asks for.
  readonly body: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
}

interface Entry {
  readonly seq: number;
  readonly now: number;
  readonly request: Parameters<EksService["apply"]>[0];
  readonly effects: unknown;
  readonly response: EksResponse;
}

/** Drives the service as the gateway does: effects through JSON, then apply, with a journal and a clock of its own. */
export class EksHarness {
  readonly service = new EksService(fakeCatalog);
  readonly aws = new FakeAws();
  readonly journal: Entry[] = [];
  now = START;

  /** Lets time pass. */
  wait(milliseconds: number): this {
    this.now += milliseconds;
    return this;
  }

  async call(method: string, path: string, body?: object, account = ACCOUNT): Promise<Answer> {
    const [bare = "", query = ""] = path.split("?");
    const request = { method, path: bare, query: new URLSearchParams(query), body, account, region: REGION };
    const operation = this.service.operation(request);
    if (operation?.mutates !== true) {
      return answer(this.service.apply(request, { seq: 0, now: this.now, effects: undefined }));
    }
    const effects: unknown = JSON.parse(JSON.stringify(await this.service.effects(request, this.aws, this.now)));
    const seq = this.journal.length + 1;
    const response = this.service.apply(request, { seq, now: this.now, effects });
    this.journal.push({ seq, now: this.now, request, effects, response });
    const result = answer(response);
    if (result.error !== undefined) expect(exceptionsOf(operation.name)).toContain(result.error);
    return result;
  }

  /** @returns the body of a call that must succeed */
  async ok(method: string, path: string, body?: object): Promise<Answer["body"]> {
    const result = await this.call(method, path, body);
    expect({ ...result.body, status: result.status }).toMatchObject({ status: 200 });
    return result.body;
  }

  /** @returns `Code (status): message` of a call that must fail */
  async refusal(method: string, path: string, body?: object): Promise<string> {
    const { status, error, body: content } = await this.call(method, path, body);
    return `${error} (${status}): ${content.message}`;
  }

  snapshot(): EksSnapshot {
    return this.service.snapshot(this.now);
  }

  /** A cluster that stands. */
  async cluster(overrides: object = {}): Promise<this> {
    await this.ok("POST", "/clusters", { ...CLUSTER, ...overrides });
    return this.wait(1500);
  }

  /** A node group that stands. */
  async nodegroup(overrides: object = {}): Promise<this> {
    await this.ok("POST", "/clusters/atlas/node-groups", { ...NODEGROUP, ...overrides });
    return this.wait(1000);
  }
}

export const CLUSTER = {
  name: "atlas",
  version: "1.34",
  roleArn: `arn:aws:iam::${ACCOUNT}:role/cluster`,
  resourcesVpcConfig: { subnetIds: ["subnet-0000000a", "subnet-0000000b"] },
  accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
};

export const NODEGROUP = {
  nodegroupName: "system",
  nodeRole: `arn:aws:iam::${ACCOUNT}:role/node`,
  subnets: ["subnet-0000000a", "subnet-0000000b"],
  instanceTypes: ["m6i.large"],
  scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 },
};

/** What the API lists for an operation; that the cluster may be missing it leaves out for CreateNodegroup. */
function exceptionsOf(operation: string): string[] {
  return [...(apiModel.operations[operation]?.errors ?? []), "ResourceNotFoundException"];
}

function answer(response: EksResponse): Answer {
  return {
    status: response.status,
    error: response.headers?.["x-amzn-ErrorType"],
    body: JSON.parse(JSON.stringify(response.body)) as Answer["body"],
  };
}
