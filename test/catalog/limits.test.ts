import { limits } from "../../catalog";
import { NARROWEST_PREFIX, WIDEST_PREFIX } from "../../constructs/network/subnet-layout";
import { refusal, withChange } from "../config/environment-fixture";

describe("limits", () => {
  test("of CloudWatch are in order", () => {
    const { retentionDays } = limits().logs;

    expect(retentionDays).toEqual([...retentionDays].sort((a, b) => a - b));
  });

  test("of the network are those the VPC construct keeps", () => {
    expect(limits().network.vpcPrefixMin).toBe(WIDEST_PREFIX);
    expect(refusal(withChange("10.20.0.0/16", `10.20.0.0/${NARROWEST_PREFIX}`))).toBe("");
    expect(refusal(withChange("10.20.0.0/16", `10.20.0.0/${NARROWEST_PREFIX + 1}`))).toContain(
      "must be at least a /22",
    );
  });

  test("of a second range leave a place beside every private range", () => {
    const { privateRanges, secondRanges } = limits().network;
    const beside = privateRanges.map(
      (range) => secondRanges.allowed.find(({ first }) => first === range)?.ranges ?? secondRanges.otherwise,
    );

    expect(beside.map((ranges) => ranges.includes("100.64.0.0/10"))).toEqual([true, true, true, true]);
  });
});
