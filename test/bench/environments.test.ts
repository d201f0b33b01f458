import { resolve } from "node:path";
import { copyEnvironment } from "../../bench/environments";
import { loadEnvironment } from "../../config";

const atlas = loadEnvironment(resolve(__dirname, "../.."), "atlas/dev");

test("a hundred copies share no project, account, address range or state bucket", () => {
  const copies = copyEnvironment(atlas, 100);
  for (const pick of ["project", "account"] as const) expect(new Set(copies.map((copy) => copy[pick])).size).toBe(100);
  expect(new Set(copies.map((copy) => copy.network.cidr)).size).toBe(100);
  expect(new Set(copies.map((copy) => copy.state.bucket)).size).toBe(100);
});

test("a copy is the original in all else", () => {
  const [copy] = copyEnvironment(atlas, 1);
  expect({
    ...copy,
    project: atlas.project,
    account: atlas.account,
    state: atlas.state,
    network: atlas.network,
  }).toEqual(atlas);
});

test.each([0, 257, 1.5, NaN])("%d copies are refused", (count) => {
  expect(() => copyEnvironment(atlas, count)).toThrow(`count must be a whole number from 1 to 256, got ${count}`);
});
