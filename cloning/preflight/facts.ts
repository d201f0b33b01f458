import type { Quota } from "../../catalog";
import { type Answer, ask } from "./answer";
import type { PlannedName, PreflightPlan } from "./plan";
import type {
  InstanceFact,
  NameFact,
  NatFact,
  OfferingFact,
  PreflightAws,
  ReservationFact,
  SecretFact,
  Tagged,
  VolumeFact,
  VpcFact,
  ZoneFact,
} from "./preflight-aws";

/** What AWS said to each question. */
export interface Facts {
  readonly zones: Answer<readonly ZoneFact[]>;
  readonly instances: Answer<readonly InstanceFact[]>;
  readonly offerings: Answer<readonly OfferingFact[]>;
  readonly reservations: Answer<readonly ReservationFact[]>;
  readonly vpcs: Answer<readonly VpcFact[]>;
  readonly internetGateways: Answer<readonly Tagged[]>;
  readonly gatewayEndpoints: Answer<readonly Tagged[]>;
  readonly addresses: Answer<readonly Tagged[]>;
  readonly natGateways: Answer<readonly NatFact[]>;
  readonly gp3Volumes: Answer<readonly VolumeFact[]>;
  readonly clusterNames: Answer<readonly string[]>;
  readonly bucketNames: Answer<readonly string[]>;
  readonly roleCount: Answer<number>;
  readonly stateBucket: Answer<NameFact>;
  readonly names: ReadonlyMap<PlannedName, Answer<NameFact>>;
  /** By name. */
  readonly secrets: ReadonlyMap<string, Answer<SecretFact>>;
  readonly quotas: ReadonlyMap<Quota, Answer<number>>;
}

/** Asks everything at once. A question that is not answered stops none of the others. */
export async function gatherFacts(
  { config, pools, names, secrets, needs }: PreflightPlan,
  aws: PreflightAws,
): Promise<Facts> {
  const types = [...new Set(pools.flatMap(({ instanceTypes }) => instanceTypes))];
  const asked = {
    zones: ask("the zones of the region", aws.zones),
    instances: ask("the instances that run", aws.instances),
    offerings: ask("the instance types offered in each zone", () => aws.offerings(types)),
    reservations: ask("the capacity reservations and capacity blocks", aws.reservations),
    vpcs: ask("the VPCs of the region", aws.vpcs),
    internetGateways: ask("the internet gateways", aws.internetGateways),
    gatewayEndpoints: ask("the gateway endpoints", aws.gatewayEndpoints),
    addresses: ask("the Elastic IPs", aws.addresses),
    natGateways: ask("the NAT gateways", aws.natGateways),
    gp3Volumes: ask("the gp3 volumes", aws.gp3Volumes),
    clusterNames: ask("the EKS clusters", aws.clusterNames),
    bucketNames: ask("the buckets of the account", aws.bucketNames),
    roleCount: ask("the number of IAM roles", aws.roleCount),
    stateBucket: ask(`bucket ${config.state.bucket}`, () => aws.name("bucket", config.state.bucket)),
  };
  const nameAnswers = names.map(
    async (planned) =>
      [planned, await ask(`${describeName(planned)}`, () => aws.name(planned.kind, planned.name))] as const,
  );
  const secretAnswers = secrets.map(
    async (secret) => [secret, await ask(`secret ${secret}`, () => aws.secret(secret))] as const,
  );
  const quotaAnswers = needs.map(
    async ({ quota }) => [quota, await ask(`quota ${quota.title}`, () => aws.quota(quota))] as const,
  );
  return {
    ...(await allOf(asked)),
    names: new Map(await Promise.all(nameAnswers)),
    secrets: new Map(await Promise.all(secretAnswers)),
    quotas: new Map(await Promise.all(quotaAnswers)),
  };
}

/** Every answer, for those who look at all of them alike. */
export function answersOf({ names, secrets, quotas, ...single }: Facts): Answer<unknown>[] {
  return [...Object.values(single), ...names.values(), ...secrets.values(), ...quotas.values()];
}

const KINDS = {
  bucket: "bucket",
  cluster: "EKS cluster",
  alias: "KMS alias",
  "log-group": "log group",
  role: "IAM role",
} as const;

/** A name with what it names. */
export function describeName({ kind, name }: PlannedName): string {
  return `${KINDS[kind]} ${name}`;
}

async function allOf<T extends Record<string, Promise<unknown>>>(
  promises: T,
): Promise<{ readonly [Key in keyof T]: Awaited<T[Key]> }> {
  const entries = Object.entries(promises).map(async ([name, promise]) => [name, await promise] as const);
  return Object.fromEntries(await Promise.all(entries)) as { readonly [Key in keyof T]: Awaited<T[Key]> };
}
