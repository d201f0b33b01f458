import type { AwsCall, AwsResponse } from "../../../sandbox/aws/aws-call";
import { internalCall } from "../../../sandbox/gateway/aws-port";
import { createOverlays } from "../../../sandbox/overlays";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";

const CALLER = { account: "111111111111", principal: "p", region: "eu-central-1" };
const HEADERS = ["content-type", "application/x-www-form-urlencoded"];

/** What an answer says: its status, its body, and what stands between the tags of a name. */
export interface Said {
  readonly status: number;
  readonly text: string;
  readonly all: (tag: string) => string[];
  readonly one: (tag: string) => string | undefined;
}

/** ElastiCache and CloudFormation of the sandbox over a moto of two subnets, one security group, and secrets. */
export class ElastiCacheWorld {
  /** Values of secrets by ARN. */
  readonly secrets = new Map<string, Readonly<Record<string, unknown>>>();
  private readonly overlays = createOverlays();
  private seq = 0;

  /** Sends a call; with another account or region where asked. */
  async call(
    service: string,
    action: string,
    params: Readonly<Record<string, string>> = {},
    caller: Partial<typeof CALLER> = {},
  ): Promise<Said> {
    const body = new URLSearchParams({ Action: action, ...params }).toString();
    const call = internalCall({ ...CALLER, ...caller, service, method: "POST", url: "/", headers: HEADERS, body });
    const context = { seq: ++this.seq, moto: (sent: AwsCall) => Promise.resolve(this.moto(sent)) };
    const response = await applyOverlays(this.overlays, call, context);
    const text = response.body.toString("utf8");
    const all = (tag: string) =>
      [...text.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, "g"))].map(([, one = ""]) =>
        one.replaceAll("&amp;", "&"),
      );
    return { status: response.status, text, all, one: (tag) => all(tag)[0] };
  }

  readonly cache = (
    action: string,
    params?: Readonly<Record<string, string>>,
    caller?: Partial<typeof CALLER>,
  ): Promise<Said> => this.call("elasticache", action, params, caller);

  readonly stack = (action: string, params?: Readonly<Record<string, string>>): Promise<Said> =>
    this.call("cloudformation", action, params);

  private moto(call: AwsCall): AwsResponse {
    if (call.service === "secretsmanager") return this.secret(call);
    const form = new URLSearchParams(call.body.toString("utf8"));
    const wrong = [...form].some(([name, value]) => /Id\.\d/.test(name) && value.includes("missing"));
    if (wrong) return answer("<Response/>", 400);
    return answer(
      "<Response>" +
        "<item><subnetId>subnet-a</subnetId><vpcId>vpc-1</vpcId><availabilityZone>eu-central-1a</availabilityZone></item>" +
        "<item><subnetId>subnet-b</subnetId><vpcId>vpc-1</vpcId><availabilityZone>eu-central-1b</availabilityZone></item>" +
        "</Response>",
    );
  }

  private secret(call: AwsCall): AwsResponse {
    const input = JSON.parse(call.body.toString("utf8")) as Readonly<Record<string, unknown>>;
    const arn = String(
      input["SecretId"] ??
        `arn:aws:secretsmanager:${call.region}:${call.account}:secret:${String(input["Name"])}-abcdef`,
    );
    const known = this.secrets.get(arn);
    if (call.action === "CreateSecret" && known !== undefined) {
      return answer(JSON.stringify({ __type: "ResourceExistsException", message: "it exists" }), 400);
    }
    if (call.action === "CreateSecret" || call.action === "UpdateSecret") this.secrets.set(arn, { ...known, ...input });
    if (call.action === "DeleteSecret") this.secrets.delete(arn);
    return answer(JSON.stringify({ ARN: arn, ...this.secrets.get(arn) }));
  }
}

/** A world that has what a replication group is made of: `subnets`, `params` (cluster mode off), `sharded` (on), group `users`. */
export async function preparedWorld(): Promise<ElastiCacheWorld> {
  const world = new ElastiCacheWorld();
  const { cache } = world;
  await cache("CreateCacheSubnetGroup", {
    CacheSubnetGroupName: "subnets",
    CacheSubnetGroupDescription: "d",
    "SubnetIds.SubnetIdentifier.1": "subnet-a",
    "SubnetIds.SubnetIdentifier.2": "subnet-b",
  });
  for (const name of ["params", "sharded"]) {
    await cache("CreateCacheParameterGroup", { CacheParameterGroupName: name, CacheParameterGroupFamily: "valkey8" });
  }
  const parameter = "ParameterNameValues.ParameterNameValue.1";
  await cache("ModifyCacheParameterGroup", {
    CacheParameterGroupName: "sharded",
    [`${parameter}.ParameterName`]: "cluster-enabled",
    [`${parameter}.ParameterValue`]: "yes",
  });
  await cache("CreateUser", {
    UserId: "iam",
    UserName: "iam",
    Engine: "valkey",
    AccessString: "on ~* +@all",
    "AuthenticationMode.Type": "iam",
  });
  await cache("CreateUserGroup", { UserGroupId: "users", Engine: "valkey", "UserIds.member.1": "iam" });
  return world;
}

/** A replication group of a primary and a replica; parameters of its own replace these. */
export const GROUP: Readonly<Record<string, string>> = {
  ReplicationGroupId: "features",
  ReplicationGroupDescription: "d",
  Engine: "valkey",
  EngineVersion: "8.1",
  CacheNodeType: "cache.r7g.large",
  NumCacheClusters: "2",
  AutomaticFailoverEnabled: "true",
  MultiAZEnabled: "true",
  CacheSubnetGroupName: "subnets",
  CacheParameterGroupName: "params",
  "SecurityGroupIds.SecurityGroupId.1": "sg-1",
  "UserGroupIds.member.1": "users",
  TransitEncryptionEnabled: "true",
  AtRestEncryptionEnabled: "true",
  KmsKeyId: "arn:aws:kms:eu-central-1:111111111111:key/1",
  PreferredMaintenanceWindow: "sun:05:30-sun:07:30",
  SnapshotRetentionLimit: "7",
  SnapshotWindow: "03:00-05:00",
};

function answer(body: string, status = 200): AwsResponse {
  return { status, headers: [], body: Buffer.from(body) };
}
