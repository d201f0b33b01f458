import { regions, tryFindEksImageRegistry } from "../../catalog";

describe("registries of EKS's own images", () => {
  test.each([
    ["us-east-1", "602401143452.dkr.ecr.us-east-1.amazonaws.com"],
    ["ap-east-2", "533267051163.dkr.ecr.ap-east-2.amazonaws.com"],
    ["cn-north-1", "918309763551.dkr.ecr.cn-north-1.amazonaws.com.cn"],
    ["us-gov-west-1", "013241004608.dkr.ecr.us-gov-west-1.amazonaws.com"],
  ])("are one for each region: %s", (region, registry) => {
    expect(tryFindEksImageRegistry(region)).toBe(registry);
  });

  test("are known for every region of the catalogue", () => {
    const without = regions().filter(({ name }) => tryFindEksImageRegistry(name) === undefined);

    expect(without.map(({ name }) => name)).toEqual([]);
  });
});
