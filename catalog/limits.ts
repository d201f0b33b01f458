import data from "./limits.json";

/** Limits that AWS sets, as of a date and with their sources. */
export interface Limits {
  /** VPC and subnets; sizes as prefix lengths, so the smaller number is the larger range. */
  readonly network: {
    /** Prefix of the largest VPC. */
    readonly vpcPrefixMin: number;
    /** Ranges a VPC of this platform may lie in: RFC 1918 and RFC 6598. */
    readonly privateRanges: readonly string[];
    /** Where a second range of a VPC may lie, by the range that its first one lies in. */
    readonly secondRanges: {
      /** Ranges it must lie in one of. */
      readonly allowed: readonly { readonly first: string; readonly ranges: readonly string[] }[];
      /** The same where the first range lies in none of those. */
      readonly otherwise: readonly string[];
      /** Ranges it must not touch nevertheless. */
      readonly refused: readonly { readonly first: string; readonly range: string }[];
    };
  };
  /** EKS. */
  readonly eks: {
    /** Range of Kubernetes service addresses; no VPC may overlap it. */
    readonly serviceRange: string;
    /** Most instance types of one node group. */
    readonly instanceTypesPerNodeGroupMax: number;
    /** Ids of zones in which EKS takes no subnets for a control plane. Which name a zone has differs by account. */
    readonly zoneIdsRefused: readonly string[];
    /** Most pods on a node of a managed node group, by its vCPUs. */
    readonly podsPerNodeMax: { readonly below30Vcpu: number; readonly from30Vcpu: number };
  };
  /** Volumes. */
  readonly ebs: {
    /** General purpose volumes: operations per second, and MiB per second, of which each operation allows a share. */
    readonly gp3: {
      readonly iopsMin: number;
      readonly iopsMax: number;
      readonly throughputMin: number;
      readonly throughputMax: number;
      readonly throughputPerIops: number;
    };
  };
  /** CloudWatch Logs. */
  readonly logs: {
    /** Retention periods it offers, in days. */
    readonly retentionDays: readonly number[];
  };
  /** Longest names, in characters. */
  readonly names: {
    readonly bucket: number;
    readonly iamRole: number;
    readonly nodeGroup: number;
    readonly cluster: number;
  };
}

/** The limits of AWS that configuration is checked against. */
export function limits(): Limits {
  return data;
}
