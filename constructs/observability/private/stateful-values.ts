import type { PrometheusStackProps } from "../prometheus-stack-options";

/** Where a server keeps its data: a volume of its own, or the disk of the node it happens to run on. */
export function volume(
  { persistent = true, storageClassName = "gp3" }: PrometheusStackProps,
  storage: string,
): Record<string, unknown> {
  if (!persistent) return { emptyDir: { sizeLimit: storage } };
  const spec = { storageClassName, accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } };
  return { volumeClaimTemplate: { spec } };
}

/** Replicas stay off one another's nodes anyhow; this keeps them in different zones, as far as there are some. */
export function spreadOverZones(matchLabels: Readonly<Record<string, string>>): readonly Record<string, unknown>[] {
  return [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels },
    },
  ];
}
