import type { EnvironmentStack } from "../../sandbox/deploy";
import type { CliContext } from "../context";
import { formatDuration } from "../duration";
import { eventText } from "./event-text";
import type { ProgressView } from "./progress-view";

/** One line per event, for pipes and logs: elapsed time, layer, what happened. */
export function plainView({ output, now }: CliContext, stacks: readonly EnvironmentStack[]): ProgressView {
  const startedAt = now();
  const layers = new Map(stacks.map(({ id, layer }) => [id, layer]));
  const width = Math.max(...stacks.map(({ layer }) => layer.length));
  return {
    show: (event) => {
      const text = eventText(event);
      if (text === undefined) return;
      const layer = "stack" in event ? (layers.get(event.stack) ?? event.stack) : "";
      const elapsed = formatDuration(now() - startedAt).padStart(7);
      output.line(`${elapsed}  ${layer.padEnd(width)}  ${text}`);
    },
    end: () => undefined,
  };
}
