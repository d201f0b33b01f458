import pc from "picocolors";
import type { Output } from "./context";

/** Colours, or the plain text where none are wanted. */
export type Style = ReturnType<typeof pc.createColors>;

/** The colours that fit an output. */
export function styleOf(output: Output): Style {
  return pc.createColors(output.coloured);
}
