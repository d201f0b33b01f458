import type { Check } from "../draft";
import { checkBudgets } from "./budgets";
import { checkCluster } from "./cluster";
import { checkControllers } from "./controllers";
import { checkData } from "./data";
import { checkKarpenterPools } from "./karpenter-pools";
import { checkNames } from "./names";
import { checkNetwork } from "./network";
import { checkNodePools } from "./node-pools";
import { checkObservability } from "./observability";
import { checkPodRoles } from "./pod-roles";
import { checkServices } from "./services";
import { checkTags } from "./tags";
import { checkTeams } from "./teams";

/** Every check across the fields of one environment, in the order of the file. */
export const ENVIRONMENT_CHECKS: readonly Check[] = [
  checkTags,
  checkNetwork,
  checkData,
  checkServices,
  checkCluster,
  checkNodePools,
  checkKarpenterPools,
  checkPodRoles,
  checkControllers,
  checkTeams,
  checkObservability,
  checkBudgets,
  checkNames,
];
