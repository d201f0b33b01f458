import { ec2Parameters, elements } from "./ec2-query";
import { amendText, type Overlay } from "./overlay";

const RULE_ID = /<securityGroupRuleId>(sgr-\w+)<\/securityGroupRuleId>/g;
/** Of a new rule whose other side is a security group, and of a changed one. */
const OF_NEW_RULE = /^IpPermissions\.\d+\.Groups\.\d+\.Description$/;
const OF_CHANGED_RULE = /^SecurityGroupRule\.(\d+)\.SecurityGroupRule\.Description$/;

/** moto forgets the description of a rule whose other side is a security group. */
export function ec2RuleDescriptions(): Overlay {
  const byRule = new Map<string, string>();
  return {
    service: "ec2",
    actions: [
      "AuthorizeSecurityGroupIngress",
      "AuthorizeSecurityGroupEgress",
      "ModifySecurityGroupRules",
      "DescribeSecurityGroupRules",
    ],
    amend: (call, response) => {
      const parameters = ec2Parameters(call);
      if (call.action === "DescribeSecurityGroupRules") {
        return amendText(response, (text) =>
          text.replace(RULE_ID, (element, id: string, at: number) => element + missing(byRule.get(id), text, at)),
        );
      }
      if (response.status >= 300) return response;
      for (const [name, value] of parameters) {
        const changed = OF_CHANGED_RULE.exec(name)?.[1];
        if (changed !== undefined) {
          byRule.set(parameters.get(`SecurityGroupRule.${changed}.SecurityGroupRuleId`) ?? "", value);
        }
        if (OF_NEW_RULE.test(name)) for (const id of idsOf(response.body)) byRule.set(id, value);
      }
      return response;
    },
  };
}

/** The description as an element, unless moto has written one into the same rule. */
function missing(description: string | undefined, text: string, at: number): string {
  const next = text.indexOf("<securityGroupRuleId>", at + 1);
  const rule = text.slice(at, next < 0 ? undefined : next);
  return description === undefined || rule.includes("<description>") ? "" : elements({ description });
}

/** Ids of the rules that a creation answers: Terraform makes one at a time. */
function idsOf(body: Buffer): string[] {
  return [...body.toString("utf8").matchAll(RULE_ID)].map(([, id]) => id ?? "");
}
