import { sendsItsSource } from "../../catalog";

test.each([
  ["vpc-flow-logs.amazonaws.com", true],
  ["logs.us-east-1.amazonaws.com", true],
  ["ec2.amazonaws.com", false],
  ["logs.example.com", false],
])("%s says for whom it acts: %s", (principal, expected) => {
  expect(sendsItsSource(principal)).toBe(expected);
});
