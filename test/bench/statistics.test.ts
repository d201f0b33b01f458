import { growthExponent, median } from "../../bench/statistics";

test.each([
  [[3], 3],
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
])("the median of %j is %d", (values, expected) => {
  expect(median(values)).toBe(expected);
});

test.each([
  ["linear", 1],
  ["quadratic", 2],
  ["constant", 0],
])("%s growth has the exponent %d", (_, exponent) => {
  const points = [1, 3, 10, 30, 100].map((x) => [x, 7 * x ** exponent] as const);
  expect(growthExponent(points)).toBeCloseTo(exponent, 10);
});
