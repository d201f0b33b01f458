import { InputCollector } from "../../../policy/inputs/input-collector";
import { InputError } from "../../../policy/inputs/input-error";

test("problems of all inputs are thrown together", () => {
  const collector = new InputCollector();
  collector.throwIfAny();
  expect(collector.try(() => 1)).toBe(1);
  const broken = (): never => {
    throw new InputError(["a: is no JSON", "a: is too long"]);
  };
  expect(collector.try(broken)).toBeUndefined();
  collector.add("b: there is no such file");
  expect(() => {
    collector.throwIfAny();
  }).toThrow(new InputError(["a: is no JSON", "a: is too long", "b: there is no such file"]));
});

test("any other error passes through", () => {
  const broken = (): never => {
    throw new RangeError("no");
  };
  expect(() => new InputCollector().try(broken)).toThrow(RangeError);
});
