import { gpuHealthAlerts } from "./private/gpu-health-alerts";
import { gpuNodeAlerts } from "./private/gpu-node-alerts";
import { gpuUseAlerts } from "./private/gpu-use-alerts";
import { gpuRecordingRules } from "./gpu-recording-rules";
import type { RuleGroup } from "./rule";
import type { RuleSettings } from "./rule-settings";

/** What goes wrong with GPUs and with the nodes they are in, and what they do; nothing where there are none. */
export function gpuRules(settings: RuleSettings): readonly RuleGroup[] {
  if (!settings.components.gpus) return [];
  return [
    ...gpuRecordingRules(settings),
    { name: "gpu-health", recording: [], alerts: gpuHealthAlerts(settings) },
    { name: "gpu-use", recording: [], alerts: gpuUseAlerts(settings) },
    { name: "gpu-nodes", recording: [], alerts: gpuNodeAlerts() },
  ];
}
