import type { ITerraformDependable } from "cdktf";
import type { ICluster } from "../cluster/cluster";
import type { ChartSource } from "../kubernetes/chart-source";
import type { INamespace } from "../kubernetes/namespace";

/** What every component is made of that is installed in a cluster. */
export interface ComponentProps {
  /** The cluster it is installed in. */
  readonly cluster: ICluster;
  /** The namespace its pods run in. */
  readonly namespace: INamespace;
  /**
   * Where the chart comes from.
   *
   * @default - the chart's own repository
   */
  readonly source?: ChartSource;
  /**
   * What must stand before it is installed, besides the namespace.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}
