import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { trust } from "./private/examples";
import { issuerOf, judgeClaim, judgeTrust, pinOf, trustFault } from "./private/trust";

const EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE";
const example = (condition: object) =>
  trust({
    Effect: "Allow",
    Principal: { Federated: `arn:aws:iam::111111111111:oidc-provider/${EKS}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${EKS}:sub`]: "system:serviceaccount:serving:server", ...condition } },
  });

/** Of issuers that are neither GitHub, GitLab nor a cluster nothing is asked: their claims may be others. */
export const iamOidcTrustPinsAudience = resourceRule({
  id: "FD-IAM-018",
  slug: "iam-oidc-trust-pins-audience",
  title: "A role takes only tokens that were made for AWS",
  severity: "high",
  packs: ["baseline"],
  why: "A token that a pod or a pipeline hands to any other service can then be used by that service to take the role.",
  fix: "Demand the claim `aud` to be `sts.amazonaws.com`, or the audience that the provider lists.",
  types: ["aws_iam_role"],
  judge: (role, { graph }) =>
    judgeTrust(role, graph, (statement) => {
      const issuer = issuerOf(statement, role, graph);
      if (issuer === undefined || issuer === "other") return notApplicable();
      const aud = pinOf(statement, ":aud");
      if (aud) return judgeClaim("aud", aud, /^[^*?]+$/, "must demand one audience in `aud`");
      return trustFault("must demand the claim `aud`, such as `sts.amazonaws.com`", "aud");
    }),
  examples: {
    failing: example({}),
    passing: example({ [`${EKS}:aud`]: "sts.amazonaws.com" }),
  },
});
