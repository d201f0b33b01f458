/** Problems that are told one by one: who mends these sees the others next. */
const MOST = 20;

/** Each problem once, the first 20 of them, and how many more there are. */
export function firstProblems(problems: readonly string[]): readonly string[] {
  const all = [...new Set(problems)];
  const more = all.length - MOST;
  return more > 0 ? [...all.slice(0, MOST), `and ${more === 1 ? "1 more problem" : `${more} more problems`}`] : all;
}
