import { sendsItsSource } from "../../../catalog";
import { resourceRule } from "../../engine/rule";
import { notApplicable, pass } from "../../engine/verdict";
import { trust } from "./private/examples";
import { judgeTrust, principalsOf, trustFault } from "./private/trust";

const SOURCE_KEYS = /^aws:Source(Account|Arn|OrgID|OrgPaths)$/i;
const example = (condition: object) =>
  trust({
    Effect: "Allow",
    Principal: { Service: "vpc-flow-logs.amazonaws.com" },
    Action: "sts:AssumeRole",
    ...condition,
  });

/** Asked only of services that say for whom they act when they take a role: others would be locked out by the condition. */
export const iamServiceTrustNamesSource = resourceRule({
  id: "FD-IAM-021",
  slug: "iam-service-trust-names-source",
  title: "A role that a service takes says for whom it may",
  severity: "medium",
  packs: ["baseline"],
  why: "A service acts for every account; one that is tricked into using this role works for somebody else with it.",
  fix: "Add a condition on `aws:SourceAccount`, or on `aws:SourceArn`, to the statement of the trust.",
  types: ["aws_iam_role"],
  judge: (role, { graph }) =>
    judgeTrust(role, graph, (statement) => {
      const services = principalsOf(statement, "Service").filter(sendsItsSource);
      if (services.length === 0) return notApplicable();
      if (statement.conditions.some(({ key }) => SOURCE_KEYS.test(key))) return pass();
      return trustFault(`must name \`aws:SourceAccount\` or \`aws:SourceArn\` where it trusts ${services.join(", ")}`);
    }),
  examples: {
    failing: example({}),
    passing: example({ Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } }),
  },
});
