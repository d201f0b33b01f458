import { missingDriver } from "../../catalog";

test("the image lacks the driver of one family", () => {
  expect(missingDriver("g7.2xlarge")).toEqual({ needed: 595, available: 580 });
});

test.each(["g7e.2xlarge", "g6.xlarge", "p5.48xlarge", "m7i.large"])("the image has a driver for %s", (type) => {
  expect(missingDriver(type)).toBeUndefined();
});
