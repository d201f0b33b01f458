import type { INodePool } from "../cluster/pool";
import type { ComponentProps } from "./component-props";

/** What every component is made of that runs as replicas, not once on each node. */
export interface ReplicatedComponentProps extends ComponentProps {
  /**
   * Pool whose nodes its pods run on. Nodes with the taint `CriticalAddonsOnly` are tolerated in any case.
   *
   * @default - any node whose taints let the pods in
   */
  readonly pool?: INodePool;
  /**
   * Whether it runs as two replicas, spread over zones and nodes, of which a disruption budget keeps one, instead of as one that
   * is missing while it moves.
   *
   * @default true
   */
  readonly highAvailability?: boolean;
  /**
   * Whether it brings ServiceMonitors for its metrics. They need the definitions of the Prometheus operator in the cluster.
   *
   * @default false
   */
  readonly monitoring?: boolean;
}
