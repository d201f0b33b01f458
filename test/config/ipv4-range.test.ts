import fc from "fast-check";
import { parseIpv4Range, parseIpv4Ranges, rangeContains, rangesOverlap } from "../../config/ipv4-range";

/** Ranges within 10.0.0.0/28, so few that ranges of one address and shared ends come up often. */
const smallRange = fc
  .record({ byte: fc.nat(15), prefix: fc.integer({ min: 28, max: 32 }) })
  .map(({ byte, prefix }) => `10.0.0.${byte}/${prefix}`);

function read(text: string) {
  const range = parseIpv4Range(text);
  if (range === undefined) throw new RangeError(text);
  return range;
}

function addressesOf(text: string): ReadonlySet<number> {
  const [byte = 0, prefix = 32] = text.replace("10.0.0.", "").split("/").map(Number);
  const size = 2 ** (32 - prefix);
  const start = Math.floor(byte / size) * size;
  return new Set(Array.from({ length: size }, (_, index) => start + index));
}

describe("an IPv4 range", () => {
  test("is read with its first and last address", () => {
    expect(parseIpv4Range("10.20.0.0/16")).toEqual({
      first: 169082880,
      last: 169148415,
      prefix: 16,
      aligned: "10.20.0.0/16",
    });
  });

  test.each([
    ["0.0.0.0/0", 0, 4294967295],
    ["255.255.255.255/32", 4294967295, 4294967295],
  ])("reaches to the ends of the address space: %s", (text, first, last) => {
    expect(parseIpv4Range(text)).toMatchObject({ first, last });
  });

  test("knows the address it should start at", () => {
    expect(parseIpv4Range("10.20.3.7/16")?.aligned).toBe("10.20.0.0/16");
  });

  test.each([
    "",
    "10.0.0.0",
    "10.0.0/8",
    "10.0.0.0/33",
    "10.0.0.256/24",
    "010.0.0.0/8",
    "0x0a.0.0.0/8",
    "::/0",
    "10.0.0.0/8 ",
  ])("is not read from %j", (text) => {
    expect(parseIpv4Range(text)).toBeUndefined();
  });

  test("is left out of a list when it cannot be read", () => {
    expect(parseIpv4Ranges(["10.0.0.0/8", "ten"]).map(({ aligned }) => aligned)).toEqual(["10.0.0.0/8"]);
  });

  test("overlaps another exactly when they share an address, either way round", () => {
    fc.assert(
      fc.property(smallRange, smallRange, (a, b) => {
        const shared = [...addressesOf(a)].some((address) => addressesOf(b).has(address));

        expect(rangesOverlap(read(a), read(b))).toBe(shared);
        expect(rangesOverlap(read(b), read(a))).toBe(shared);
      }),
      { numRuns: 500 },
    );
  });

  test("contains another exactly when it has all its addresses", () => {
    fc.assert(
      fc.property(smallRange, smallRange, (outer, inner) => {
        const all = [...addressesOf(inner)].every((address) => addressesOf(outer).has(address));

        expect(rangeContains(read(outer), read(inner))).toBe(all);
      }),
    );
  });
});
