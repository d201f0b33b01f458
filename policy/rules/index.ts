import type { Rule } from "../engine/rule";
import { cacheRules } from "./cache";
import { cloneRules } from "./clone";
import { costRules } from "./cost";
import { crossStackRules } from "./cross-stack";
import { dataRules } from "./data";
import { ecrRules } from "./ecr";
import { efsRules } from "./efs";
import { eksRules } from "./eks";
import { gpuRules } from "./gpu";
import { helmRules } from "./helm";
import { iamRules } from "./iam";
import { k8sRules } from "./k8s";
import { kmsRules } from "./kms";
import { loadBalancerRules } from "./load-balancer";
import { logRules } from "./logs";
import { networkRules } from "./network";
import { nodeRules } from "./node";
import { observabilityRules } from "./observability";
import { planRules } from "./plan";
import { rdsRules } from "./rds";
import { s3Rules } from "./s3";
import { schedulingRules } from "./scheduling";
import { secretRules } from "./secrets";

/** Every rule that ships, by family. */
export const rules: readonly Rule[] = [
  ...eksRules,
  ...nodeRules,
  ...gpuRules,
  ...schedulingRules,
  ...costRules,
  ...s3Rules,
  ...kmsRules,
  ...logRules,
  ...ecrRules,
  ...efsRules,
  ...cacheRules,
  ...secretRules,
  ...dataRules,
  ...rdsRules,
  ...iamRules,
  ...networkRules,
  ...loadBalancerRules,
  ...k8sRules,
  ...helmRules,
  ...observabilityRules,
  ...planRules,
  ...crossStackRules,
  ...cloneRules,
];
