import fc from "fast-check";
import { Cidr } from "../../../constructs/core/cidr";
import { failure } from "../../support/fixtures";

describe("Cidr", () => {
  test.each(["10.0.0.0/16", "0.0.0.0/0", "255.255.255.255/32", "172.16.0.0/12"])("reads %s", (text) => {
    expect(Cidr.of(text).toString()).toBe(text);
    expect(Cidr.problemOf(text)).toBeUndefined();
  });

  test.each(["", "10.0.0.0", "10.0/16", "10.0.0.0/33", "256.0.0.0/8", "::/0", "ten", "10.0.0.0/16 "])(
    "refuses %p",
    (text) => {
      expect(failure(() => Cidr.of(text))).toEqual({
        code: "INVALID_CIDR",
        message: `\`cidr\` must be an IPv4 range such as 10.0.0.0/16, got "${text}"`,
      });
    },
  );

  test("refuses an address inside the range and names the first one", () => {
    expect(failure(() => Cidr.of("10.0.5.1/16")).message).toBe(
      '`cidr` must start at the first address of its range (10.0.0.0/16), got "10.0.5.1/16"',
    );
  });

  test("counts its addresses", () => {
    expect(Cidr.of("10.0.0.0/24").size).toBe(256);
    expect(Cidr.of("0.0.0.0/0").size).toBe(2 ** 32);
  });

  test("is cut into parts by number", () => {
    expect(Cidr.of("10.0.0.0/16").subnet(18, 3).toString()).toBe("10.0.192.0/18");
    expect(Cidr.of("255.255.255.0/24").subnet(32, 255).toString()).toBe("255.255.255.255/32");
  });

  test.each([
    [18, 4],
    [18, -1],
    [15, 0],
    [33, 0],
  ])("has no part /%i number %i", (prefix, index) => {
    expect(failure(() => Cidr.of("10.0.0.0/16").subnet(prefix, index))).toEqual({
      code: "INVALID_CIDR",
      message: `10.0.0.0/16 has no part number ${index} of size /${prefix}`,
    });
  });

  test("contains and overlaps what is inside it, and not its neighbour", () => {
    const [range, inside, next] = ["10.0.0.0/16", "10.0.255.0/24", "10.1.0.0/16"].map((text) => Cidr.of(text));

    expect([range?.contains(inside!), range?.overlaps(inside!)]).toEqual([true, true]);
    expect([inside?.contains(range!), inside?.overlaps(range!)]).toEqual([false, true]);
    expect([range?.contains(next!), range?.overlaps(next!), next?.overlaps(range!)]).toEqual([false, false, false]);
  });

  test("two parts of the same size overlap only when they are the same", () => {
    const part = fc.integer({ min: 0, max: 255 });
    const range = Cidr.of("10.0.0.0/16");
    fc.assert(
      fc.property(part, part, (one, other) => {
        return range.subnet(24, one).overlaps(range.subnet(24, other)) === (one === other);
      }),
    );
  });
});
