import type { Step } from "./panel-spec";

/** Fine until a value is reached, then to be watched, then to be acted on. */
export function rising(watch: number, act: number): readonly Step[] {
  return [
    { from: null, color: "green" },
    { from: watch, color: "yellow" },
    { from: act, color: "red" },
  ];
}

/** To be acted on until a value is reached, then to be watched, then fine. */
export function falling(act: number, watch: number): readonly Step[] {
  return [
    { from: null, color: "red" },
    { from: act, color: "yellow" },
    { from: watch, color: "green" },
  ];
}

/** Fine at nothing; from one on it is what the colour says. */
export function anyIs(color: "yellow" | "orange" | "red"): readonly Step[] {
  return [
    { from: null, color: "green" },
    { from: 1, color },
  ];
}

/** A line at a limit. */
export function limitAt(limit: number): readonly Step[] {
  return [
    { from: null, color: "green" },
    { from: limit, color: "red" },
  ];
}

/** A number that is neither good nor bad. */
export const PLAIN: readonly Step[] = [{ from: null, color: "blue" }];
