import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../constructs/cluster/cluster";
import {
  ModelMonitor,
  type ModelMonitorOptions,
  type MonitoredData,
} from "../../constructs/observability/model-monitor";
import { PushGateway } from "../../constructs/observability/push-gateway";
import { ObjectStore } from "../../constructs/storage/object-store";
import type { IObjectStore } from "../../constructs/storage/store";
import { importedKey } from "./cluster";
import { namespace } from "./releases";
import type { Synthesized } from "./synth";

/** Where the monitors of tests push. */
export const GATEWAY = "http://push-gateway.monitoring.svc.cluster.local:9091";

/** A monitor with what every monitor needs: data in the bucket `atlas-data`, reports in `atlas-reports`. */
export function defineMonitor(
  stack: TerraformStack,
  cluster: ICluster,
  options: Partial<ModelMonitorOptions> = {},
  current: Partial<MonitoredData> = {},
): ModelMonitor {
  const data = monitorStore(stack, "Data", "atlas-data");
  return new ModelMonitor(stack, "Monitor", {
    cluster,
    namespace: namespace(stack, "monitoring"),
    model: "ranker",
    image: "registry.example.com/model-monitor:1.0.0",
    schedule: "0 5 * * *",
    reference: { store: data, prefix: "ranker/train/" },
    current: { store: data, prefix: "ranker/served/", ...current },
    reports: { store: monitorStore(stack, "Reports", "atlas-reports") },
    columns: { numerical: ["age", "price"], categorical: ["country"] },
    pushGateway: PushGateway.fromPushGatewayAttributes(stack, "Gateway", { url: GATEWAY }),
    ...options,
  });
}

/** The configuration that the job of a synthesised monitor is given, as text. */
export function configOf(out: Synthesized): string {
  const { data } = out.resource("kubernetes_config_map_v1") as { data?: Readonly<Record<string, string>> };
  return data?.["config.json"] ?? "";
}

/** A bucket that is defined elsewhere. */
export function monitorStore(stack: TerraformStack, id: string, bucketName: string): IObjectStore {
  const encryptionKey = importedKey(stack, `${id}Key`);
  return ObjectStore.fromObjectStoreAttributes(stack, id, { bucketName, region: "eu-central-1", encryptionKey });
}
