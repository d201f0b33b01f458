import { distance } from "fastest-levenshtein";

/**
 * The candidate that a misspelt name most likely means: the one with the fewest edits, if they are few for its length.
 *
 * @returns `undefined` when nothing is near enough to be worth suggesting
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let fewest = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest;
}
