import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { trust } from "./private/examples";
import { issuerOf, judgeClaim, judgeTrust, pinOf, trustFault } from "./private/trust";

const SERVICE_ACCOUNT = /^system:serviceaccount:[a-z0-9.-]+:[a-z0-9.-]+$/;
const EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE";
const example = (operator: string, sub: string | readonly string[]) =>
  trust({
    Effect: "Allow",
    Principal: { Federated: `arn:aws:iam::111111111111:oidc-provider/${EKS}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${EKS}:aud`]: "sts.amazonaws.com" }, [operator]: { [`${EKS}:sub`]: sub } },
  });

/** Roles for service accounts (IRSA): the issuer is the cluster, the subject `system:serviceaccount:<namespace>:<name>`. */
export const iamIrsaTrustPinsServiceAccount = resourceRule({
  id: "FD-IAM-019",
  slug: "iam-irsa-trust-pins-service-account",
  title: "A role for pods can be taken by one service account only",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "With a wildcard, or with none named at all, every pod whose service account somebody may create has the role.",
  fix: "Demand the claim `sub` to be `system:serviceaccount:<namespace>:<name>`, one of it, without wildcards.",
  types: ["aws_iam_role"],
  judge: (role, { graph }) =>
    judgeTrust(role, graph, (statement) => {
      if (issuerOf(statement, role, graph) !== "eks") return notApplicable();
      const sub = pinOf(statement, ":sub");
      if (!sub)
        return trustFault("must demand the claim `sub`: every service account of the cluster may take the role", "sub");
      if (sub.values.length > 1)
        return trustFault(`must name one service account, got ${sub.values.join(", ")}`, "sub");
      return judgeClaim("sub", sub, SERVICE_ACCOUNT, "must name one service account in `sub`, without wildcards");
    }),
  examples: {
    failing: example("StringLike", "system:serviceaccount:serving:*"),
    passing: example("StringEquals", "system:serviceaccount:serving:server"),
    unknown: example("StringEquals", "system:serviceaccount:${var.namespace}:server"),
  },
});
