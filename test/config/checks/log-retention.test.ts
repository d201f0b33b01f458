import { refusal, withChange } from "../environment-fixture";

const withDays = (days: number) => withChange("network:", `network:\n  flowLogs: {retentionDays: ${days}}`);

describe("how long CloudWatch keeps logs", () => {
  test("is one of the periods it offers", () => {
    expect(refusal(withDays(8))).toMatch(
      /^dev\.yaml:7 network\.flowLogs\.retentionDays: must be a retention period of CloudWatch, in days, got 8; allowed: 1, 3, 5, 7, 14, /,
    );
  });

  test.each([1, 3653])("can be %d days", (days) => {
    expect(refusal(withDays(days))).toBe("");
  });
});
