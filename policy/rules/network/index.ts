import type { Rule } from "../../engine/rule";
import { networkAclAdminPorts } from "./network-acl-admin-ports";
import { networkDatabasePortsNotPublic } from "./network-database-ports-not-public";
import { networkDefaultGroupClosed } from "./network-default-group-closed";
import { networkEgressNotAll } from "./network-egress-not-all";
import { networkEndpointPolicy } from "./network-endpoint-policy";
import { networkFlowLogs } from "./network-flow-logs";
import { networkGroupsAttached } from "./network-groups-attached";
import { networkHttpNotPublic } from "./network-http-not-public";
import { networkNoPathToWorkloads } from "./network-no-path-to-workloads";
import { networkNoPublicAddresses } from "./network-no-public-addresses";
import { networkPortsNotAllPublic } from "./network-ports-not-all-public";
import { networkPrivateSubnets } from "./network-private-subnets";
import { networkRdpNotPublic } from "./network-rdp-not-public";
import { networkRulesDescribed } from "./network-rules-described";
import { networkS3Endpoint } from "./network-s3-endpoint";
import { networkServicesNotPublic } from "./network-services-not-public";
import { networkSshNotPublic } from "./network-ssh-not-public";
import { networkVpcDns } from "./network-vpc-dns";

/** Rules for networks: security groups, subnets, endpoints, and ways in from the internet. */
export const networkRules: readonly Rule[] = [
  networkSshNotPublic,
  networkRdpNotPublic,
  networkPortsNotAllPublic,
  networkDatabasePortsNotPublic,
  networkHttpNotPublic,
  networkEgressNotAll,
  networkRulesDescribed,
  networkGroupsAttached,
  networkDefaultGroupClosed,
  networkFlowLogs,
  networkNoPublicAddresses,
  networkAclAdminPorts,
  networkEndpointPolicy,
  networkNoPathToWorkloads,
  networkServicesNotPublic,
  networkPrivateSubnets,
  networkS3Endpoint,
  networkVpcDns,
];
