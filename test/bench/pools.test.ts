import { resolve } from "node:path";
import { withPools } from "../../bench/pools";
import { loadEnvironment } from "../../config";

const atlas = loadEnvironment(resolve(__dirname, "../.."), "atlas/dev");

test.each([1, 1000])("an environment gets %d GPU pools, each like its first", (count) => {
  const pools = Object.values(withPools(atlas, count).nodePools.gpu);
  expect(pools).toHaveLength(count);
  expect(pools.at(-1)).toEqual(Object.values(atlas.nodePools.gpu)[0]);
});

test.each([0, 1001, 1.5, NaN])("%d pools are refused", (count) => {
  const rule = "count must be a whole number from 1 to 1000, of an environment with a GPU pool";
  expect(() => withPools(atlas, count)).toThrow(`${rule}, got ${count}`);
});
