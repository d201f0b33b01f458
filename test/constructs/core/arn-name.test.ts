import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { nameInArn } from "../../../constructs/core/arn-name";
import { resolved, testStack } from "../../support/synth";

test.each([
  ["arn:aws:iam::111111111111:role/vision", "vision"],
  ["arn:aws:iam::111111111111:role/teams/vision", "vision"],
  ["arn:aws:kms:eu-central-1:111111111111:key/1234", "1234"],
])("finds the name in %s", (arn, name) => {
  expect(nameInArn(arn)).toBe(name);
});

test("leaves a reference to Terraform", () => {
  const stack = testStack();
  const role = new IamRole(stack, "Role", { assumeRolePolicy: "{}" });

  expect(resolved(stack, nameInArn(role.arn))).toBe('${element(reverse(split("/", aws_iam_role.Role.arn)), 0)}');
});
