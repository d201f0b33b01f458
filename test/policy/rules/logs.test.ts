import { logGroupExpires } from "../../../policy/rules/logs/log-group-expires";
import { logGroupRetention } from "../../../policy/rules/logs/log-group-retention";
import { answersOf } from "./answers-of";

const group = (days: unknown) => ({ aws_cloudwatch_log_group: { app: { name: "app", retention_in_days: days } } });

test.each([undefined, null, 0, "0"])("a retention of %j is for ever, which one rule alone minds", (days) => {
  expect(answersOf(logGroupExpires, group(days))).toEqual([
    expect.stringMatching(/^fail: `retention_in_days` must be set/),
  ]);
  expect(answersOf(logGroupRetention, group(days))).toEqual(["not applicable"]);
});

test("a text of digits is a number", () => {
  expect(answersOf(logGroupExpires, group("30"))).toEqual(["pass"]);
});

test("the stage says how long events are kept", () => {
  expect(answersOf(logGroupRetention, group(14), { stage: "staging" })).toEqual(["pass"]);
  expect(answersOf(logGroupRetention, group(14))).toEqual(["fail: `retention_in_days` must be at least 90, got 14"]);
});
