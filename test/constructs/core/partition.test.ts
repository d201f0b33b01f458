import { partitionOf } from "../../../constructs/core/partition";

test.each([
  ["eu-central-1", "aws"],
  ["us-east-1", "aws"],
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
])("%s belongs to %s", (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});
