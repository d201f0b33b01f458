import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { findByAccount } from "../private/other-environments";
import { judgeTexts } from "./private/judge-texts";

const role = (arn: string): Example => ({
  terraform: { resource: { aws_eks_access_entry: { team: { cluster_name: "atlas-prod", principal_arn: arn } } } },
  environment: { project: "atlas", others: [{ project: "atlas", stage: "dev", account: "222222222222" }] },
});

/**
 * Registries, trust and buckets alike: what is shared between environments on purpose, such as one registry for all, is a case
 * for a waiver with its reason. Environments in one account are told by name.
 */
export const cloneOtherAccount = environmentRule({
  id: "FD-CLONE-001",
  slug: "clone-other-account",
  title: "Nothing holds the account id of another environment",
  severity: "high",
  packs: ["baseline"],
  why: "It is what a copied file leaves behind: a role of development that may act in production, or images that production pulls from where everybody may push.",
  fix: "Take the id from the environment's own configuration. What is shared on purpose deserves a waiver that says why.",
  judge: (context) => {
    const { environment } = context;
    if (environment.others.length === 0) return [];
    const find = findByAccount(environment);
    return judgeTexts(context, (text) => {
      const other = find(text);
      return other && `must not hold account ${other.account}, which is of ${other.project}/${other.stage}`;
    });
  },
  examples: {
    failing: role("arn:aws:iam::222222222222:role/ml-engineer"),
    passing: role("arn:aws:iam::111111111111:role/ml-engineer"),
  },
});
