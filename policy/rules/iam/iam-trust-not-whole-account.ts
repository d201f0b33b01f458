import { resourceRule } from "../../engine/rule";
import { notApplicable, pass } from "../../engine/verdict";
import { trust } from "./private/examples";
import { judgeTrust, principalsOf, trustFault } from "./private/trust";

const WHOLE_ACCOUNT = /^(\d{12}|arn:[^:]+:iam::[^:]+:root)$/;

/** A trust that cannot be read is reported by `iam-trust-not-public`. */
export const iamTrustNotWholeAccount = resourceRule({
  id: "FD-IAM-016",
  slug: "iam-trust-not-whole-account",
  title: "A role that an account may take says who of it may",
  severity: "medium",
  packs: ["baseline"],
  why: "Trusting an account trusts everybody in it whose own policy allows `sts:AssumeRole`, now and later.",
  fix: "Name roles in `Principal`, or add a condition on `aws:PrincipalArn` or `sts:ExternalId`.",
  sameAs: { checkov: ["CKV_AWS_61"] },
  types: ["aws_iam_role"],
  judge: (role, { graph }) =>
    judgeTrust(role, graph, (statement) => {
      const principals = principalsOf(statement, "AWS");
      if (principals.length === 0) return notApplicable();
      const whole = principals.find((id) => WHOLE_ACCOUNT.test(id));
      if (whole === undefined || statement.conditions.length > 0) return pass();
      return trustFault(`must not trust a whole account without a condition, got "${whole}"`, whole);
    }),
  examples: {
    failing: trust({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::222222222222:root" }, Action: "sts:AssumeRole" }),
    passing: trust({
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::222222222222:role/deployer" },
      Action: "sts:AssumeRole",
    }),
  },
});
