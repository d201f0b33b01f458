import fc from "fast-check";
import { orderByNeeds } from "../../../policy/engine/circles";

test("each thing stands behind all that it is made of", () => {
  const needs = new Map([
    ["a", ["b", "c"]],
    ["b", ["c", "elsewhere"]],
    ["c", []],
  ]);
  expect(orderByNeeds(needs)).toEqual({ order: ["c", "b", "a"], circles: [] });
});

test("circles are found, those of one thing too", () => {
  const needs = new Map([
    ["a", ["b"]],
    ["b", ["c"]],
    ["c", ["b"]],
    ["d", ["d"]],
  ]);
  expect(orderByNeeds(needs).circles).toEqual([["b", "c"], ["d"]]);
});

test("a chain of a hundred thousand does not overflow the stack", () => {
  const needs = new Map(Array.from({ length: 100_000 }, (_, index) => [`n${index}`, [`n${index + 1}`]]));
  const { order, circles } = orderByNeeds(needs);
  expect([order[0], order.length, circles]).toEqual(["n99999", 100_000, []]);
});

test("whatever needs what, a thing is in a circle exactly when it reaches itself", () => {
  const node = fc.integer({ min: 0, max: 7 }).map(String);
  fc.assert(
    fc.property(fc.dictionary(node, fc.array(node, { maxLength: 3 })), (graph) => {
      const needs = new Map(Object.entries(graph));
      const { order, circles } = orderByNeeds(needs);
      expect([...order].sort()).toEqual([...needs.keys()].sort());
      const inCircles = new Set(circles.flat());
      for (const start of needs.keys()) expect(inCircles.has(start)).toBe(reaches(needs, start));
      if (circles.length > 0) return;
      for (const [name, of] of needs)
        for (const need of of) expect(order.indexOf(need)).toBeLessThan(order.indexOf(name));
    }),
  );
});

function reaches(needs: ReadonlyMap<string, readonly string[]>, start: string): boolean {
  const seen = new Set<string>();
  const open = [...(needs.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === start) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(needs.get(next) ?? []));
  }
  return false;
}
