import type { Quota } from "../../catalog";

/** Tags of something in AWS. */
export type Tags = Readonly<Record<string, string>>;

/** Something that exists, known by its tags alone. */
export interface Tagged {
  readonly tags: Tags;
}

/** An availability zone, as the account sees it. */
export interface ZoneFact {
  readonly name: string;
  /** The same in every account, as in `use1-az3`. */
  readonly id: string;
  readonly available: boolean;
}

/** An instance that is running or about to. */
export interface InstanceFact extends Tagged {
  readonly instanceType: string;
  readonly capacity: "on-demand" | "spot" | "capacity-block";
  /** vCPUs as configured. */
  readonly vcpu: number;
}

/** An instance type offered in a zone. */
export interface OfferingFact {
  readonly instanceType: string;
  readonly zone: string;
}

/** A capacity reservation or a capacity block. */
export interface ReservationFact {
  readonly id: string;
  readonly kind: "on-demand" | "capacity-block";
  readonly instanceType: string;
  readonly zone: string;
  /** As EC2 says it: `active`, `scheduled`, `expired`, … */
  readonly state: string;
  readonly total: number;
  readonly available: number;
  /** Account that pays for it. */
  readonly owner: string;
}

/** A VPC with all of its IPv4 ranges. */
export interface VpcFact extends Tagged {
  readonly id: string;
  readonly ranges: readonly string[];
}

/** A NAT gateway that is there or on its way. */
export interface NatFact extends Tagged {
  readonly zone: string;
}

/** A gp3 volume. */
export interface VolumeFact extends Tagged {
  readonly gib: number;
}

/** Whether a name is free, and whose it is when not. */
export type NameFact =
  | { readonly taken: false }
  | { readonly taken: true; readonly by: "account"; readonly tags: Tags }
  | { readonly taken: true; readonly by: "stranger" };

/** A place for a secret. What is in it is never read. */
export type SecretFact =
  | { readonly exists: false }
  | {
      readonly exists: true;
      readonly tags: Tags;
      /** Whether anybody has put a value in. */
      readonly hasValue: boolean;
      /** Whether it waits for its deletion: it cannot be used then, and its name stays taken. */
      readonly deleted: boolean;
    };

/** What kinds of names are looked up. */
export type NameKind = "bucket" | "cluster" | "alias" | "log-group" | "role";

/**
 * Every question preflight has for AWS; each only reads. All are about one account and, but for buckets and roles, one region.
 *
 * A method whose question is not answered throws a `QuestionError`.
 */
export interface PreflightAws {
  /** Account of the credentials. */
  readonly account: () => Promise<string>;
  /** Whether the account has the region switched on; undefined when AWS knows no such region. */
  readonly regionEnabled: () => Promise<boolean | undefined>;
  readonly zones: () => Promise<readonly ZoneFact[]>;
  /** What the account may use of a quota. */
  readonly quota: (quota: Quota) => Promise<number>;
  /** The largest value that has been asked for and not been decided; undefined: nothing is open. */
  readonly openQuotaRequest: (quota: Quota) => Promise<number | undefined>;
  readonly instances: () => Promise<readonly InstanceFact[]>;
  readonly offerings: (instanceTypes: readonly string[]) => Promise<readonly OfferingFact[]>;
  readonly reservations: () => Promise<readonly ReservationFact[]>;
  readonly vpcs: () => Promise<readonly VpcFact[]>;
  readonly internetGateways: () => Promise<readonly Tagged[]>;
  readonly gatewayEndpoints: () => Promise<readonly Tagged[]>;
  readonly addresses: () => Promise<readonly Tagged[]>;
  readonly natGateways: () => Promise<readonly NatFact[]>;
  readonly gp3Volumes: () => Promise<readonly VolumeFact[]>;
  readonly clusterNames: () => Promise<readonly string[]>;
  readonly bucketNames: () => Promise<readonly string[]>;
  readonly roleCount: () => Promise<number>;
  readonly name: (kind: NameKind, name: string) => Promise<NameFact>;
  readonly secret: (name: string) => Promise<SecretFact>;
}
