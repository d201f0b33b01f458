import type { EnvironmentStack } from "../../sandbox/deploy";
import type { CliContext } from "../context";
import { formatDuration } from "../duration";
import { styleOf } from "../style";
import type { Style } from "../style";
import { eventText } from "./event-text";
import type { ProgressView } from "./progress-view";
import { StackBoard } from "./stack-board";
import type { BoardRow } from "./stack-board";

const FRAME_MS = 120;
const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const HIDE_CURSOR = "\u001b[?25l";
const SHOW_CURSOR = "\u001b[?25h";
const ERASE_BELOW = "\u001b[J";

/** One line per stack, redrawn in place; notes scroll by above. */
export function liveView(context: CliContext, stacks: readonly EnvironmentStack[]): ProgressView {
  const { output, now } = context;
  const style = styleOf(output);
  const board = new StackBoard(stacks, now);
  const width = Math.max(...stacks.map(({ layer }) => layer.length));
  let drawn = 0;
  let frame = 0;
  let above = "";
  const draw = (): void => {
    const lines = board.rows().map((row) => rowText(row, style, width, output.width(), frame));
    const up = drawn > 0 ? `\u001b[${drawn}A\r` : "";
    output.raw(`${HIDE_CURSOR}${up}${ERASE_BELOW}${above}${lines.join("\n")}\n`);
    above = "";
    drawn = lines.length;
    frame++;
  };
  draw();
  const timer = setInterval(draw, FRAME_MS);
  return {
    show: (event) => {
      board.take(event);
      if (event.type === "note" || event.type === "synthesizing") above += `${style.dim(eventText(event) ?? "")}\n`;
    },
    end: () => {
      clearInterval(timer);
      draw();
      output.raw(SHOW_CURSOR);
    },
  };
}

function rowText(row: BoardRow, style: Style, layerWidth: number, columns: number, frame: number): string {
  const count = row.total > 0 ? `${row.done}/${row.total}` : "";
  const elapsed = row.elapsed > 0 ? formatDuration(row.elapsed) : "";
  const head = `${row.layer.padEnd(layerWidth)}  ${count.padEnd(7)} ${elapsed.padStart(7)}  `;
  const room = Math.max(0, columns - head.length - 4);
  const text = row.text.length > room ? `${row.text.slice(0, Math.max(0, room - 1))}…` : row.text;
  return ` ${mark(row.state, style, frame)} ${head}${row.state === "failed" ? style.red(text) : style.dim(text)}`;
}

function mark(state: BoardRow["state"], style: Style, frame: number): string {
  switch (state) {
    case "waiting":
      return style.dim("·");
    case "running":
      return style.cyan(SPINNER[frame % SPINNER.length] ?? "");
    case "done":
      return style.green("✔");
    case "failed":
      return style.red("✘");
  }
}
