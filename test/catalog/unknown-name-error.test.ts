import { UnknownNameError } from "../../catalog";

describe("an unknown name", () => {
  test("is told with its kind, the nearest name and all that are known, if they are few", () => {
    const error = new UnknownNameError("region", "eu-wset-1", ["eu-west-1", "us-east-1"]);

    expect({ ...error, message: error.message }).toEqual({
      name: "UnknownNameError",
      message: 'unknown region "eu-wset-1", did you mean "eu-west-1"?; allowed: eu-west-1, us-east-1',
      code: "UNKNOWN_NAME",
      kind: "region",
      unknownName: "eu-wset-1",
      nearest: "eu-west-1",
      allowed: ["eu-west-1", "us-east-1"],
    });
  });

  test("is told with eight known names, if there are more, those of its family first", () => {
    const known = Array.from({ length: 9 }, (_, index) => `a.${index}`);

    expect(new UnknownNameError("type", "b.wrong", [...known, "b.right"]).message).toBe(
      'unknown type "b.wrong"; allowed: for example b.right, a.0, a.1, a.2, a.3, a.4, a.5, a.6',
    );
  });

  test("is told without a guess when nothing is near", () => {
    expect(new UnknownNameError("region", "moon", ["eu-west-1"]).message).toBe(
      'unknown region "moon"; allowed: eu-west-1',
    );
  });
});
