import { COLUMNS } from "./grid";
import type { PlannedPanel } from "./panel-spec";

/** Panels on one line, as wide as one another as far as the columns allow. */
export function line(panels: readonly PlannedPanel[]): PlannedPanel[] {
  const width = Math.floor(COLUMNS / panels.length);
  const wider = COLUMNS - width * panels.length;
  return panels.map((panel, index) => ({ ...panel, width: index < wider ? width + 1 : width }));
}
