import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import { allOf, fail, notApplicable, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";

const entry = (groups: unknown): TerraformJson => ({
  resource: {
    aws_eks_access_entry: {
      team: { cluster_name: "atlas-prod", principal_arn: "${aws_iam_role.team.arn}", kubernetes_groups: groups },
    },
  },
});

function judgeEntry(entry: Resource): Verdict {
  const groups = entry.at("kubernetes_groups");
  if (groups.unknown)
    return unknown(`\`${groups.path}\` must not hold a group of Kubernetes itself, and is known only after apply`, {
      attribute: groups.path,
    });
  const taken = groups.items.filter(({ text }) => text?.startsWith("system:"));
  return taken.length === 0
    ? pass()
    : fail(`\`${groups.path}\` must not hold a group of Kubernetes itself, got ${taken.join(", ")}`, {
        attribute: groups.path,
      });
}

function judgeConfigMap(map: Resource): Verdict {
  if (map.at("metadata.name").literal !== "aws-auth") return notApplicable();
  return allOf(
    ["data.mapRoles", "data.mapUsers"].map((path) => {
      const value = map.at(path);
      if (value.text?.includes("system:masters"))
        return fail(`\`${path}\` must not put anybody into \`system:masters\``, { attribute: path });
      return value.unknown
        ? unknown(`\`${path}\` must not put anybody into \`system:masters\`, and is known only after apply`, {
            attribute: path,
          })
        : pass();
    }),
  );
}

/** Looks at access entries and at the ConfigMap `aws-auth`, the two ways to name a principal's groups. */
export const eksNoSystemGroups = resourceRule({
  id: "FD-EKS-010",
  slug: "eks-no-system-groups",
  title: "Nobody is put into `system:masters` or another group of Kubernetes itself",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "Members of `system:masters` pass every check of Kubernetes, whatever its roles say, and no role binding can take that away.",
  fix: "Associate an access policy with a scope, or name a group of your own and bind it to a role.",
  types: ["aws_eks_access_entry", "kubernetes_config_map", "kubernetes_config_map_v1", "kubernetes_config_map_v1_data"],
  judge: (resource) => (resource.type === "aws_eks_access_entry" ? judgeEntry(resource) : judgeConfigMap(resource)),
  examples: {
    failing: { terraform: entry(["system:masters"]) },
    passing: { terraform: entry(["ml-engineers"]) },
    unknown: { terraform: entry("${var.groups}") },
  },
});
