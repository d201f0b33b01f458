import {
  findVpcEndpointService,
  regions,
  tryFindVpcEndpointService,
  vpcEndpointPrice,
  vpcEndpointServiceName,
  vpcEndpointServices,
  vpcEndpointsWithoutNat,
} from "../../catalog";

const names = vpcEndpointServices().map(({ name }) => name);

describe("VPC endpoint services", () => {
  test("are named once, as in service names, and say what they are for", () => {
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(vpcEndpointServices().filter(({ purpose }) => !/^[A-Z].*\.$/.test(purpose))).toEqual([]);
  });

  test("include what private nodes cannot start without", () => {
    expect(vpcEndpointsWithoutNat()).toEqual(["ec2", "ecr.api", "ecr.dkr", "eks-auth", "sts"]);
  });

  test("leave S3 and DynamoDB to gateway endpoints", () => {
    expect(names.filter((name) => ["s3", "dynamodb"].includes(name))).toEqual([]);
  });

  test("say why they have no policy, where they have none", () => {
    const wrong = vpcEndpointServices().filter(
      ({ policy, policyNote }) =>
        !["own-accounts", "none"].includes(policy) || (policy === "none") !== (policyNote !== undefined),
    );

    expect(wrong).toEqual([]);
  });

  test("name unsigned actions of the service itself, and regions that exist", () => {
    const known = regions().map(({ name }) => name);
    const odd = vpcEndpointServices().filter(
      ({ name, unsignedActions = [], missingIn = [] }) =>
        unsignedActions.some((action) => !action.startsWith(`${name}:`)) ||
        missingIn.some((region) => !known.includes(region)),
    );

    expect(odd).toEqual([]);
  });

  test.each([
    ["ecr.api", "eu-central-1", "com.amazonaws.eu-central-1.ecr.api"],
    ["ecr.api", "cn-north-1", "cn.com.amazonaws.cn-north-1.ecr.api"],
    ["kms", "cn-north-1", "com.amazonaws.cn-north-1.kms"],
  ])("have a full name: %s in %s", (name, region, full) => {
    expect(vpcEndpointServiceName(name, region)).toBe(full);
  });

  test("are refused when unknown, with the nearest", () => {
    expect(() => findVpcEndpointService("ecr-api")).toThrow(
      /^unknown VPC endpoint service "ecr-api", did you mean "ecr\.api"\?; allowed: for example /,
    );
    expect(tryFindVpcEndpointService("ecr-api")).toBeUndefined();
  });

  test("cost something, in a region that exists", () => {
    const { usdPerZoneHour, usdPerGb, region } = vpcEndpointPrice();

    expect([usdPerZoneHour > 0, usdPerGb > 0]).toEqual([true, true]);
    expect(regions().map(({ name }) => name)).toContain(region);
  });
});
