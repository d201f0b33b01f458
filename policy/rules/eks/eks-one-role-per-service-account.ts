import { environmentRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import { fail, pass } from "../../engine/verdict";
import { clusterOf } from "../private/node-group";
import type { Graph } from "../../engine/graph";

const associations = (...accounts: readonly string[]): TerraformJson => ({
  resource: {
    aws_eks_pod_identity_association: Object.fromEntries(
      accounts.map((account, index) => [
        `association${index}`,
        {
          cluster_name: "atlas-prod",
          namespace: "serving",
          service_account: account,
          role_arn: `\${aws_iam_role.role${index}.arn}`,
        },
      ]),
    ),
  },
});

function accountOf(association: Resource, graph: Graph): string {
  const cluster = clusterOf(association, graph)?.at("name").toString() ?? association.at("cluster_name").toString();
  const names = ["namespace", "service_account"].map((path) => association.at(path).toString());
  return [cluster, ...names].join("/");
}

/** Accounts that are named by the same expression count as the same. */
export const eksOneRolePerServiceAccount = environmentRule({
  id: "FD-EKS-016",
  slug: "eks-one-role-per-service-account",
  title: "A service account has one pod identity association",
  severity: "medium",
  packs: ["baseline"],
  why: "EKS refuses the second association of a service account, so that the apply fails half-way with the pods of the first one's role.",
  fix: "Merge the two roles, or run the second workload under a service account of its own.",
  judge: ({ graph }) => {
    const first = new Map<string, Resource>();
    return graph.resourcesOf("aws_eks_pod_identity_association").map((subject) => {
      const account = accountOf(subject, graph);
      const other = first.get(account);
      if (other === undefined) first.set(account, subject);
      const verdict =
        other === undefined
          ? pass()
          : fail(`\`service_account\` must have one association, and ${account} has ${other.address} too`, {
              attribute: "service_account",
            });
      return { subject, verdict };
    });
  },
  examples: {
    failing: { terraform: associations("model-server", "model-server") },
    passing: { terraform: associations("model-server", "router") },
  },
});
