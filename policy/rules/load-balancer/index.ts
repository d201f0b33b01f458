import type { Rule } from "../../engine/rule";
import { lbAccessLogs } from "./lb-access-logs";
import { lbDeletionProtection } from "./lb-deletion-protection";
import { lbDesyncMitigation } from "./lb-desync-mitigation";
import { lbDropInvalidHeaders } from "./lb-drop-invalid-headers";
import { lbHttps } from "./lb-https";
import { lbInternal } from "./lb-internal";
import { lbTlsPolicy } from "./lb-tls-policy";
import { lbWebFirewall } from "./lb-web-firewall";

/** Rules for load balancers and their listeners. */
export const loadBalancerRules: readonly Rule[] = [
  lbAccessLogs,
  lbTlsPolicy,
  lbDeletionProtection,
  lbDropInvalidHeaders,
  lbHttps,
  lbInternal,
  lbWebFirewall,
  lbDesyncMitigation,
];
