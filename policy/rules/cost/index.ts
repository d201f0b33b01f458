import type { Rule } from "../../engine/rule";
import { costAddressInUse } from "./cost-address-in-use";
import { costBudgetExists } from "./cost-budget-exists";
import { costBudgetNotifies } from "./cost-budget-notifies";
import { costDevExpires } from "./cost-dev-expires";
import { costEndpointsInDev } from "./cost-endpoints-in-dev";
import { costGp3 } from "./cost-gp3";
import { costGpuSpotInDev } from "./cost-gpu-spot-in-dev";
import { costMonthlyCap } from "./cost-monthly-cap";
import { costNoProvisionedIops } from "./cost-no-provisioned-iops";
import { costOneNatInDev } from "./cost-one-nat-in-dev";
import { costSingleZoneDatabaseInDev } from "./cost-single-zone-database-in-dev";
import { costTags } from "./cost-tags";
import { costVcpuCap } from "./cost-vcpu-cap";

/** Rules for what an environment costs. */
export const costRules: readonly Rule[] = [
  costBudgetExists,
  costBudgetNotifies,
  costGpuSpotInDev,
  costOneNatInDev,
  costVcpuCap,
  costMonthlyCap,
  costTags,
  costGp3,
  costNoProvisionedIops,
  costAddressInUse,
  costEndpointsInDev,
  costSingleZoneDatabaseInDev,
  costDevExpires,
];
