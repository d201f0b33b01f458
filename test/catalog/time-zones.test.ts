import { isTimeZone } from "../../catalog";

test.each([
  ["Europe/Berlin", true],
  ["America/New_York", true],
  ["UTC", true],
  ["Europe/Atlantis", false],
  ["+01:00", false],
  ["", false],
])("whether %j is a time zone: %s", (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});
