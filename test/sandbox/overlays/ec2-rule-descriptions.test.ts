import { ec2Caller } from "./ec2-caller";
import { ec2RuleDescriptions } from "../../../sandbox/overlays/ec2-rule-descriptions";

const rule = (id: string, rest = "") => `<item><securityGroupRuleId>${id}</securityGroupRuleId>${rest}</item>`;

test("a rule between groups keeps its description, also a changed one", async () => {
  const overlay = ec2RuleDescriptions();
  const moto = rule("sgr-1");
  const call = ec2Caller(overlay, { moto });
  await call("AuthorizeSecurityGroupIngress", { "IpPermissions.1.Groups.1.Description": "Pods & nodes" });
  expect(await call("DescribeSecurityGroupRules", {})).toBe(
    rule("sgr-1", "<description>Pods &amp; nodes</description>"),
  );
  await call("ModifySecurityGroupRules", {
    "SecurityGroupRule.1.SecurityGroupRuleId": "sgr-1",
    "SecurityGroupRule.1.SecurityGroupRule.Description": "Pods",
  });
  expect(await call("DescribeSecurityGroupRules", {})).toBe(rule("sgr-1", "<description>Pods</description>"));
});

test("what moto describes itself, and rules without description, stay as they are", async () => {
  const overlay = ec2RuleDescriptions();
  await ec2Caller(overlay, { moto: rule("sgr-1") })("AuthorizeSecurityGroupEgress", {
    "IpPermissions.1.Groups.1.Description": "other",
  });
  const moto = rule("sgr-1", "<description>own</description>") + rule("sgr-2");
  expect(await ec2Caller(overlay, { moto })("DescribeSecurityGroupRules", {})).toBe(moto);
});
