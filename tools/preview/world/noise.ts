import type { Moment } from "./sink";

/** A number from 0 to 1 that a name always has. */
export function fixedShare(name: string): number {
  let hash = 2166136261;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  hash ^= hash >>> 15;
  return (Math.imul(hash, 2246822519) >>> 0) / 4294967296;
}

/** Swings between -1 and 1 over time, in its own way for each name: the same at every run. */
export function wobble(name: string, { time }: Pick<Moment, "time">, minutes = 40): number {
  const phase = (part: string): number => 2 * Math.PI * fixedShare(`${name}/${part}`);
  const turn = (2 * Math.PI * time) / 60 / minutes;
  return (
    0.55 * Math.sin(turn + phase("a")) +
    0.3 * Math.sin(turn * 2.7 + phase("b")) +
    0.15 * Math.sin(turn * 7.3 + phase("c"))
  );
}

/** A value that swings around its middle by a share of it. */
export function around(middle: number, share: number, name: string, moment: Moment): number {
  return middle * (1 + share * wobble(name, moment));
}

/** How busy users are, 0 to 1: most at 14:00 UTC, least at 2:00. */
export function dayLoad({ time }: Pick<Moment, "time">): number {
  const hour = (time / 3600) % 24;
  return 0.55 + 0.4 * Math.cos(((hour - 14) / 24) * 2 * Math.PI);
}

/** 0 before a time, 1 after it, straight between: both in hours before now. */
export function ramp({ hoursAgo }: Pick<Moment, "hoursAgo">, from: number, to: number): number {
  return Math.min(1, Math.max(0, (from - hoursAgo) / (from - to)));
}
