import {
  findQuota,
  homeRegion,
  instanceTypes,
  quotaOfFamily,
  quotaRegion,
  quotas,
  quotaSource,
  tryFindQuotaByCode,
  vcpuQuotaFor,
} from "../../catalog";

describe("quotas", () => {
  test("are found by name and by AWS's codes", () => {
    expect(findQuota("on-demand-p")).toEqual({
      name: "on-demand-p",
      service: "ec2",
      code: "L-417A185B",
      title: "Running On-Demand P instances",
      default: 0,
      unit: "vCPU",
      scope: "region",
      vcpu: { capacity: "on-demand", families: ["p"] },
      source: "ec2-instance-quotas",
    });
    expect(tryFindQuotaByCode("vpc", "L-F678F1CE")).toBe(findQuota("vpcs"));
    expect(tryFindQuotaByCode("ec2", "L-F678F1CE")).toBeUndefined();
  });

  test("are refused when unknown, with the nearest", () => {
    expect(() => findQuota("on-demand-q")).toThrow(
      /^unknown service quota "on-demand-q", did you mean "on-demand-g"\?; allowed: for example /,
    );
  });

  test("have a name and a pair of codes each, and a dated source", () => {
    expect(new Set(quotas().map(({ name }) => name)).size).toBe(quotas().length);
    expect(new Set(quotas().map(({ service, code }) => `${service}/${code}`)).size).toBe(quotas().length);
    for (const quota of quotas()) {
      expect(quota.code).toMatch(/^L-[0-9A-F]{8}$/);
      expect(quotaSource(quota)).toEqual({
        asOf: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) as string,
        page: expect.stringMatching(/\w/) as string,
      });
    }
  });

  test("of a whole account are kept in the partition's home region", () => {
    expect(quotaRegion(findQuota("iam-roles"), "eu-central-1")).toBe("us-east-1");
    expect(quotaRegion(findQuota("buckets"), "us-gov-east-1")).toBe("us-gov-west-1");
    expect(quotaRegion(findQuota("vpcs"), "eu-central-1")).toBe("eu-central-1");
    expect(homeRegion("cn-northwest-1")).toBe("cn-north-1");
  });
});

describe("the quota of an instance type", () => {
  test.each([
    ["m7i.large", "on-demand", "on-demand-standard"],
    ["g6.xlarge", "on-demand", "on-demand-g"],
    ["gr6.4xlarge", "spot", "spot-g"],
    ["p5.48xlarge", "on-demand", "on-demand-p"],
    ["p6-b200.48xlarge", "on-demand", "on-demand-p"],
    ["p4de.24xlarge", "spot", "spot-p4-p3-p2"],
    ["p5en.48xlarge", "spot", "spot-p5"],
    ["p5en.48xlarge", "capacity-block", "capacity-blocks-p5en"],
    ["p5.48xlarge", "capacity-block", "capacity-blocks-p5"],
    ["p6-b200.48xlarge", "capacity-block", "capacity-blocks-p6-b200"],
    ["inf2.xlarge", "on-demand", "on-demand-inf"],
    ["trn1n.32xlarge", "spot", "spot-trn"],
    ["dl2q.24xlarge", "on-demand", "on-demand-dl"],
    ["t3.medium", "spot", "spot-standard"],
  ] as const)("%s %s is %s", (type, capacity, quota) => {
    expect(vcpuQuotaFor(type, capacity)?.name).toBe(quota);
  });

  test("is not guessed where AWS documents none", () => {
    expect(vcpuQuotaFor("p6-b200.48xlarge", "spot")).toBeUndefined();
    expect(vcpuQuotaFor("m7i.large", "capacity-block")).toBeUndefined();
    expect(vcpuQuotaFor("trn1n.32xlarge", "capacity-block")).toBeUndefined();
  });

  test("exists on demand for every type of the catalogue", () => {
    expect(instanceTypes().filter(({ name }) => vcpuQuotaFor(name, "on-demand") === undefined)).toEqual([]);
  });

  test("is one only: no type counts against two of a kind", () => {
    const counted = quotas().flatMap(({ vcpu }) => vcpu?.families.map((family) => `${vcpu.capacity} ${family}`) ?? []);
    expect(new Set(counted).size).toBe(counted.length);
  });

  test("is known of types that the catalogue does not hold, and refused of misspelt ones", () => {
    expect(quotaOfFamily("x2gd.medium", "on-demand")?.name).toBe("on-demand-x");
    expect(quotaOfFamily("u7i-12tb.224xlarge", "on-demand")?.name).toBe("on-demand-high-memory");
    expect(quotaOfFamily("mac2.metal", "on-demand")).toBeUndefined();
    expect(() => vcpuQuotaFor("g6.xlrge", "spot")).toThrow(
      'unknown instance type "g6.xlrge", did you mean "g6.xlarge"?',
    );
  });
});
