import { clusterRules } from "./cluster-rules";
import { costRules } from "./cost-rules";
import { dataRules } from "./data-rules";
import { gpuRules } from "./gpu-rules";
import { modelRules } from "./model-rules";
import { monitoringRules } from "./monitoring-rules";
import { pipelineRules } from "./pipeline-rules";
import type { RuleGroup } from "./rule";
import type { RuleSettings } from "./rule-settings";
import { schedulingRules } from "./scheduling-rules";
import { servingRules } from "./serving-rules";
import { sloRules } from "./slo-rules";
import { trackingRules } from "./tracking-rules";
import { trainingRules } from "./training-rules";

/** All groups of rules of an environment, those first whose series others use. */
export function platformRules(settings: RuleSettings): readonly RuleGroup[] {
  return [
    clusterRules,
    gpuRules,
    schedulingRules,
    costRules,
    servingRules,
    sloRules,
    trackingRules,
    dataRules,
    pipelineRules,
    trainingRules,
    modelRules,
    monitoringRules,
  ].flatMap((rules) => rules(settings));
}
