import { readFileSync } from "node:fs";
import { join } from "node:path";
import { environmentIds, loadEnvironments } from "../../config";
import { findInstanceType } from "../../catalog";

const ROOT = join(__dirname, "../..");
const environments = loadEnvironments(ROOT);
const of = (stage: string) => environments.filter((environment) => environment.stage === stage);

describe("the environments of this repository", () => {
  test("hold the three stages of atlas", () => {
    expect(environmentIds(ROOT)).toEqual(["atlas/dev", "atlas/prod", "atlas/staging"]);
  });

  test("each live in an account of their own", () => {
    expect(new Set(environments.map(({ account }) => account)).size).toBe(environments.length);
  });

  test.each(environmentIds(ROOT))("%s tells editors its schema", (id) => {
    const [first] = readFileSync(join(ROOT, "config/environments", `${id}.yaml`), "utf8").split("\n");

    expect(first).toBe("# yaml-language-server: $schema=../../environment.schema.json");
  });

  test("start no GPU in dev that is not cheap, and only on spot", () => {
    const pools = of("dev").flatMap(({ nodePools }) => Object.values(nodePools.gpu));

    expect(pools.map(({ capacity, maxSize }) => [capacity, maxSize])).toEqual([["spot", 2]]);
    expect(
      pools.flatMap(({ instanceTypes }) => instanceTypes.map((name) => findInstanceType(name).accelerator?.name)),
    ).toEqual(["l4", "l4"]);
  });

  test("outlive the loss of a zone in prod", () => {
    expect(of("prod").map(({ network }) => [network.zones.length, network.nat])).toEqual([[3, "per-zone"]]);
  });

  test("let the training pool of prod shrink to nothing", () => {
    expect(of("prod").map(({ nodePools }) => nodePools.gpu["h100"]?.minSize)).toEqual([0]);
  });
});
