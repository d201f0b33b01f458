/** The second half of a rule about an unknown name. */
export function didYouMean(nearest: string | undefined): string {
  return nearest === undefined ? "" : ` (did you mean "${nearest}"?)`;
}

/** Entries that repeat an earlier one of the list, with their position. */
export function duplicates<T>(items: readonly (T | undefined)[]): { readonly value: T; readonly index: number }[] {
  return items.flatMap((value, index) =>
    value !== undefined && items.indexOf(value) < index ? [{ value, index }] : [],
  );
}

/** For filtering out what could not be read. */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined;
}
