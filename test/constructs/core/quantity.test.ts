import fc from "fast-check";
import { Quantity } from "../../../constructs/core/quantity";
import { failure } from "../../support/fixtures";

test.each([
  ["0", "0"],
  ["0.5", "500m"],
  [".5", "500m"],
  ["500m", "500m"],
  ["1000m", "1"],
  ["1.", "1"],
  ["2", "2"],
  ["2000", "2k"],
  ["1e3", "1k"],
  ["1.5e-3", "1500u"],
  ["1024Mi", "1Gi"],
  ["1.5Gi", "1536Mi"],
  ["1Ki", "1Ki"],
  ["0.5Ki", "512"],
  ["1025", "1025"],
  ["1000Mi", "1000Mi"],
  ["2G", "2G"],
  ["1n", "1n"],
  ["0.1n", "1n"],
  ["1Ei", "1Ei"],
])("%s is written back as %s", (text, written) => {
  expect(Quantity.of(text).toString()).toBe(written);
});

test.each(["", "-1", "1 Gi", "1gi", "Gi", "1Kib", "1e", "1e100", "abc", "1.2.3", "9Ei", "1e19"])(
  "%j is no quantity",
  (text) => {
    expect(Quantity.tryOf(text)).toBeUndefined();
    expect(failure(() => Quantity.of(text))).toEqual({
      code: "INVALID_QUANTITY",
      message: `\`quantity\` must be a Kubernetes quantity, 0 or more, such as 500m, 2 or 512Mi, got ${JSON.stringify(text)}`,
    });
  },
);

test("quantities compare by what they mean, not by how they are written", () => {
  expect(Quantity.of("0.5").compare(Quantity.of("500m"))).toBe(0);
  expect(Quantity.of("1G").compare(Quantity.of("1Gi"))).toBe(-1);
  expect(Quantity.of("1Gi").compare(Quantity.of("1023Mi"))).toBe(1);
  expect(Quantity.of("0m").isZero).toBe(true);
});

test("quantities add up", () => {
  expect(Quantity.of("500m").plus(Quantity.of("1.5")).toString()).toBe("2");
  expect(Quantity.of("512Mi").plus(Quantity.of("512Mi")).toString()).toBe("1Gi");
});

test("what is written back means the same, and is written back as it is", () => {
  const suffix = fc.constantFrom("", "m", "k", "M", "G", "Ki", "Mi", "Gi");
  fc.assert(
    fc.property(fc.nat(1_000_000), suffix, (number, unit) => {
      const quantity = Quantity.of(`${number}${unit}`);
      const again = Quantity.of(quantity.toString());
      return quantity.compare(again) === 0 && again.toString() === quantity.toString();
    }),
  );
});
