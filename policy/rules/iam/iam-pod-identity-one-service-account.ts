import type { RuleContext } from "../../engine/context";
import type { Statement } from "../../engine/policy-document";
import { resourceRule } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import type { Verdict } from "../../engine/verdict";
import { notApplicable, pass } from "../../engine/verdict";
import { trust } from "./private/examples";
import { judgeTrust, pinOf, principalsOf, trustFault } from "./private/trust";

const TAG = "aws:RequestTag/";
/** Session tags that say which pod it is; the agent sets them. Either form of the cluster will do. */
const NAMESPACE = `${TAG}kubernetes-namespace`;
const SERVICE_ACCOUNT = `${TAG}kubernetes-service-account`;
const CLUSTER = [`${TAG}eks-cluster-arn`, `${TAG}eks-cluster-name`] as const;

const example = (serviceAccount: string) =>
  trust({
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringLike: {
        [CLUSTER[0]]: "arn:aws:eks:us-east-1:111111111111:cluster/atlas-prod",
        [NAMESPACE]: "serving",
        [SERVICE_ACCOUNT]: serviceAccount,
      },
    },
  });

function judgeStatement(statement: Statement, role: Resource, { graph }: RuleContext): Verdict {
  if (!principalsOf(statement, "Service").some((service) => service.startsWith("pods.eks."))) return notApplicable();
  const pins = [NAMESPACE, SERVICE_ACCOUNT].map((key) => pinOf(statement, key));
  if (pins.every((pin) => pin === undefined)) {
    const associations = graph.linked(role, "aws_eks_pod_identity_association", "role_arn");
    if (associations.length === 1) return pass();
    return trustFault(
      `must name cluster, namespace and service account by their tags: the role has ${associations.length} associations`,
      "pod",
    );
  }
  const cluster = CLUSTER.map((key) => pinOf(statement, key)).find((pin) => pin !== undefined);
  const open = [
    { what: "cluster", pin: cluster },
    { what: "namespace", pin: pins[0] },
    { what: "service account", pin: pins[1] },
  ].filter(({ pin }) => pin?.values.length !== 1 || (pin.like && pin.values.some((value) => /[*?]/.test(value))));
  if (open.length === 0) return pass();
  return trustFault(`must name one ${open.map(({ what }) => what).join(", one ")}, without wildcards`, "pod");
}

/** A role without such conditions passes while one association gives it to one service account. */
export const iamPodIdentityOneServiceAccount = resourceRule({
  id: "FD-IAM-020",
  slug: "iam-pod-identity-one-service-account",
  title: "A role of EKS Pod Identity belongs to one service account",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "Whoever may associate roles in any cluster of the account can give such a role to pods of their own.",
  fix: "Demand `aws:RequestTag/eks-cluster-arn`, `…/kubernetes-namespace` and `…/kubernetes-service-account` with StringEquals.",
  types: ["aws_iam_role"],
  judge: (role, context) => judgeTrust(role, context.graph, (statement) => judgeStatement(statement, role, context)),
  examples: { failing: example("*"), passing: example("model-server") },
});
