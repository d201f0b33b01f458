import { resourceRule } from "../../engine/rule";
import { allOf, pass } from "../../engine/verdict";
import { trust } from "./private/examples";
import { judgeTrust, judgeUnreadTrust, trustFault } from "./private/trust";

/** A condition does not help: what everyone may try, someone will. Organisations are named by their accounts. */
export const iamTrustNotPublic = resourceRule({
  id: "FD-IAM-015",
  slug: "iam-trust-not-public",
  title: "No role can be taken by just anyone",
  severity: "critical",
  packs: ["baseline"],
  why: "Every account of AWS, an attacker's included, can call `sts:AssumeRole` on a role that trusts `*`.",
  fix: "Name the accounts, roles, services or providers of identities in `Principal`.",
  sameAs: { checkov: ["CKV_AWS_60"] },
  types: ["aws_iam_role"],
  judge: (role, { graph }) =>
    allOf(
      judgeTrust(role, graph, ({ principals, notPrincipals }) => {
        if (notPrincipals.length > 0) return trustFault("must not trust everyone but some (`NotPrincipal`)");
        const open = principals.some(({ type, ids }) => (type === "AWS" || type === "*") && ids.includes("*"));
        return open ? trustFault('must not trust everyone ("*")') : pass();
      }),
      judgeUnreadTrust(role, graph),
    ),
  examples: {
    failing: trust({ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }),
    passing: trust({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }),
    unknown: {
      terraform: { resource: { aws_iam_role: { trainer: { name: "trainer", assume_role_policy: "${var.trust}" } } } },
    },
  },
});
