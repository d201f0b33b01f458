import { put, resourceOf } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";

/** One broken attribute for each rule of what a copied environment leaves behind. */
export const mutants: readonly Mutant[] = [
  {
    rule: "FD-CLONE-001",
    what: "a role of development gets in",
    change: (environment: CompliantEnvironment): void =>
      put(
        resourceOf(environment, "aws_eks_access_entry", "ml-engineer"),
        "principal_arn",
        "arn:aws:iam::111111111111:role/ml-engineer",
      ),
  },
  {
    rule: "FD-CLONE-002",
    what: "a name of development is left behind",
    change: (environment: CompliantEnvironment): void =>
      put(resourceOf(environment, "aws_placement_group"), "tags.Name", "atlas-dev-h100"),
  },
  {
    rule: "FD-CLONE-003",
    what: "a topic of another region is named",
    change: (environment: CompliantEnvironment): void =>
      put(resourceOf(environment, "aws_budgets_budget", "Budget_"), "notification.subscriber_sns_topic_arns", [
        "arn:aws:sns:eu-central-1:333333333333:budgets",
      ]),
  },
  {
    rule: "FD-CLONE-004",
    what: "everything is tagged as development's",
    change: ({ stacks }: CompliantEnvironment): void => {
      const { provider } = stacks["atlas-prod-data"] as { provider: { aws: { default_tags: { tags: Block }[] }[] } };
      provider.aws[0]!.default_tags[0]!.tags["Stage"] = "dev";
    },
  },
];
