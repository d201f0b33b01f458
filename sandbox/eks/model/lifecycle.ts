/** A resource over time: its state is a function of these times and the present, never of what was read before. */
export interface Lifecycle<T> {
  readonly createdAt: number;
  /** When creation is over. */
  readonly activeAt: number;
  /** When deletion began. */
  deletedAt?: number;
  /** When the resource is gone. */
  goneAt?: number;
  /** Configuration before the last update. */
  settled: T;
  /** Configuration after the last update, and when it begins to hold. */
  pending?: { readonly value: T; readonly at: number; readonly updateId: string };
}

export type Phase = "CREATING" | "ACTIVE" | "UPDATING" | "DELETING" | "GONE";

/** @returns a new resource that will be active `duration` milliseconds after `now` */
export function begin<T>(value: T, now: number, duration: number): Lifecycle<T> {
  return { createdAt: now, activeAt: now + duration, settled: value };
}

export function phaseOf(life: Lifecycle<unknown>, now: number): Phase {
  if (life.goneAt !== undefined && now >= life.goneAt) return "GONE";
  if (life.deletedAt !== undefined) return "DELETING";
  if (now < life.activeAt) return "CREATING";
  return life.pending !== undefined && now < life.pending.at ? "UPDATING" : "ACTIVE";
}

/** @returns the configuration that holds at `now` */
export function valueAt<T>(life: Lifecycle<T>, now: number): T {
  return life.pending !== undefined && now >= life.pending.at ? life.pending.value : life.settled;
}

/** @returns the configuration asked for last, whether it holds yet or not */
export function wantedOf<T>(life: Lifecycle<T>): T {
  return life.pending?.value ?? life.settled;
}

/** Schedules a change; an earlier one must be over, see {@link phaseOf}. */
export function change<T>(life: Lifecycle<T>, value: T, now: number, duration: number, updateId: string): void {
  life.settled = valueAt(life, now);
  life.pending = { value, at: now + duration, updateId };
}

/** Begins deletion. */
export function end(life: Lifecycle<unknown>, now: number, duration: number): void {
  life.deletedAt = now;
  life.goneAt = now + duration;
}

/** @returns when a resource last changed */
export function modifiedAt(life: Lifecycle<unknown>, now: number): number {
  return life.pending !== undefined && now >= life.pending.at ? life.pending.at : life.createdAt;
}

/** @returns milliseconds as the epoch seconds that the API's JSON carries */
export function epochSeconds(milliseconds: number): number {
  return milliseconds / 1000;
}
