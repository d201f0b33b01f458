import { formatPath, isMap, valueAt } from "../../config/value-path";

describe("a path", () => {
  test.each([
    [[], ""],
    [["network", "zones", 0], "network.zones[0]"],
    [["tags", "cost center"], 'tags["cost center"]'],
    [["labels", "example.com/team"], 'labels["example.com/team"]'],
    [["tags", ""], 'tags[""]'],
    [["cost center"], '["cost center"]'],
  ])("%j is written %s", (path, text) => {
    expect(formatPath(path)).toBe(text);
  });

  test.each([
    [["a", 1, "b"], 5],
    [["a", 2], undefined],
    [["a", 1, "b", "c"], undefined],
    [["toString"], undefined],
    [["a", "length"], 2],
  ])("%j leads to %j", (path, value) => {
    expect(valueAt({ a: [0, { b: 5 }] }, path)).toBe(value);
  });

  test.each([
    [{}, true],
    [[], false],
    [null, false],
    ["text", false],
  ])("takes %j for a map: %s", (value, expected) => {
    expect(isMap(value)).toBe(expected);
  });
});
