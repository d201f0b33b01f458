import { UnknownNameError } from "./unknown-name-error";
import data from "./vpc-endpoints.json";

/** An AWS service that a VPC can reach through an interface endpoint. */
export interface VpcEndpointService {
  /** Short name, the end of the service name: `ecr.api` of `com.amazonaws.eu-central-1.ecr.api`. */
  readonly name: string;
  /** What an ML platform on EKS uses it for. */
  readonly purpose: string;
  /** Whether EKS nodes and their pods cannot start without it when nothing leads to the internet. */
  readonly neededWithoutNat: boolean;
  /** `own-accounts` where an endpoint policy can hold out principals of other accounts, `none` where it would break or be refused. */
  readonly policy: "own-accounts" | "none";
  /** Why there is no policy; absent where there is one. */
  readonly policyNote?: string;
  /** Actions that callers do not sign, so that AWS knows no account of theirs: a policy has to judge the role they ask for. */
  readonly unsignedActions?: readonly string[];
  /** What stands in place of `com.amazonaws` in the service name in China; absent where it is the same. */
  readonly prefixInChina?: string;
  /** Regions where the service has no interface endpoint, as far as known. */
  readonly missingIn?: readonly string[];
}

/** What an interface endpoint costs. */
export interface VpcEndpointPrice {
  /** For each endpoint in each zone, in US dollars an hour. */
  readonly usdPerZoneHour: number;
  /** For each gigabyte that passes through it, in US dollars. */
  readonly usdPerGb: number;
  /** Region the price is of. */
  readonly region: string;
}

const SERVICES = data.services as readonly VpcEndpointService[];

/** Every service with an interface endpoint that is known. */
export function vpcEndpointServices(): readonly VpcEndpointService[] {
  return SERVICES;
}

/** The service of that short name, or `undefined`. */
export function tryFindVpcEndpointService(name: string): VpcEndpointService | undefined {
  return SERVICES.find((service) => service.name === name);
}

/**
 * The service of that short name.
 *
 * @throws UnknownNameError when the catalogue has none
 */
export function findVpcEndpointService(name: string): VpcEndpointService {
  const service = tryFindVpcEndpointService(name);
  if (service !== undefined) return service;
  throw new UnknownNameError(
    "VPC endpoint service",
    name,
    SERVICES.map((known) => known.name),
  );
}

/** Short names of the services that private EKS nodes need when nothing leads to the internet. */
export function vpcEndpointsWithoutNat(): readonly string[] {
  return SERVICES.filter(({ neededWithoutNat }) => neededWithoutNat).map(({ name }) => name);
}

/**
 * Full name of a service's endpoint, as in `com.amazonaws.eu-central-1.ecr.api`.
 *
 * @throws UnknownNameError when the catalogue does not know the service
 */
export function vpcEndpointServiceName(name: string, region: string): string {
  const { prefixInChina } = findVpcEndpointService(name);
  const prefix = region.startsWith("cn-") ? (prefixInChina ?? DEFAULT_PREFIX) : DEFAULT_PREFIX;
  return `${prefix}.${region}.${name}`;
}

/** What interface endpoints cost, in one region, as of the catalogue's date. */
export function vpcEndpointPrice(): VpcEndpointPrice {
  return data.price;
}

const DEFAULT_PREFIX = "com.amazonaws";
