import type { DeployEvent } from "../../sandbox/deploy";

/** Shows the events of a deploy as they come. */
export interface ProgressView {
  readonly show: (event: DeployEvent) => void;
  /** Leaves the display as it is and gives the output back. */
  readonly end: () => void;
}
