import fc from "fast-check";
import { Cidr } from "../../../constructs/core/cidr";
import {
  MOST_ZONES,
  NARROWEST_POD_PREFIX,
  NARROWEST_PREFIX,
  WIDEST_PREFIX,
  podSubnetLayout,
  subnetLayout,
} from "../../../constructs/network/subnet-layout";

const ranges = (narrowest: number) =>
  fc
    .tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: WIDEST_PREFIX, max: narrowest }))
    .map(([address, prefix]) => Cidr.of("0.0.0.0/0").subnet(prefix, Math.floor(address / 2 ** (32 - prefix))));
const vpcs = ranges(NARROWEST_PREFIX);
const zoneLists = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), {
  minLength: 2,
  maxLength: MOST_ZONES,
});
const rangesOf = (vpc: Cidr, zones: string[]) =>
  subnetLayout(vpc, zones).flatMap(({ privateRange, publicRange }) => [privateRange, publicRange]);

describe("subnetLayout", () => {
  test("gives each zone a quarter and a sixteenth of the range", () => {
    const layout = subnetLayout(Cidr.of("10.20.0.0/16"), ["a", "b", "c"]);

    expect(layout.map((one) => [one.zone, String(one.privateRange), String(one.publicRange)])).toEqual([
      ["a", "10.20.0.0/18", "10.20.192.0/20"],
      ["b", "10.20.64.0/18", "10.20.208.0/20"],
      ["c", "10.20.128.0/18", "10.20.224.0/20"],
    ]);
  });

  test("gives the narrowest VPC public subnets of 64 addresses", () => {
    const layout = subnetLayout(Cidr.of("10.20.4.0/22"), ["a", "b"]);

    expect(layout.map((one) => [String(one.privateRange), String(one.publicRange)])).toEqual([
      ["10.20.4.0/24", "10.20.7.0/26"],
      ["10.20.5.0/24", "10.20.7.64/26"],
    ]);
  });

  test("keeps every subnet inside the VPC", () => {
    fc.assert(fc.property(vpcs, zoneLists, (vpc, zones) => rangesOf(vpc, zones).every((range) => vpc.contains(range))));
  });

  test("lets no two subnets overlap", () => {
    fc.assert(
      fc.property(vpcs, zoneLists, (vpc, zones) => {
        const ranges = rangesOf(vpc, zones);
        return ranges.every((one, position) => ranges.slice(position + 1).every((other) => !one.overlaps(other)));
      }),
    );
  });

  test("moves nothing when a zone is added at the end", () => {
    fc.assert(
      fc.property(vpcs, zoneLists, (vpc, zones) => {
        const before = subnetLayout(vpc, zones.slice(0, -1));
        expect(subnetLayout(vpc, zones).slice(0, -1)).toEqual(before);
      }),
    );
  });

  test("keeps the last sixteenth free", () => {
    fc.assert(
      fc.property(vpcs, zoneLists, (vpc, zones) => {
        const last = vpc.subnet(vpc.prefix + 4, 15);
        return rangesOf(vpc, zones).every((range) => !range.overlaps(last));
      }),
    );
  });
});

describe("podSubnetLayout", () => {
  const pods = ranges(NARROWEST_POD_PREFIX);
  const podRangesOf = (range: Cidr, zones: string[]) => podSubnetLayout(range, zones).map(({ podRange }) => podRange);

  test("gives each zone a quarter of the range", () => {
    const layout = podSubnetLayout(Cidr.of("100.64.0.0/16"), ["a", "b", "c"]);

    expect(layout.map(({ zone, podRange }) => [zone, String(podRange)])).toEqual([
      ["a", "100.64.0.0/18"],
      ["b", "100.64.64.0/18"],
      ["c", "100.64.128.0/18"],
    ]);
  });

  test("keeps subnets inside the range, apart from each other, and the last quarter free", () => {
    fc.assert(
      fc.property(pods, zoneLists, (range, zones) => {
        const taken = [...podRangesOf(range, zones), range.subnet(range.prefix + 2, 3)];
        return taken.every(
          (one, position) => range.contains(one) && taken.slice(position + 1).every((other) => !one.overlaps(other)),
        );
      }),
    );
  });

  test("moves nothing when a zone is added at the end", () => {
    fc.assert(
      fc.property(pods, zoneLists, (range, zones) => {
        expect(podSubnetLayout(range, zones).slice(0, -1)).toEqual(podSubnetLayout(range, zones.slice(0, -1)));
      }),
    );
  });
});
