import { jsonInput, jsonOutput } from "./json-body";
import type { Overlay } from "./overlay";

interface Tag {
  readonly Key: string;
  readonly Value?: string;
}

interface Input {
  readonly AccountId: string;
  readonly Budget: { readonly BudgetName?: string };
  readonly BudgetName: string;
  readonly ResourceARN: string;
  readonly ResourceTags: readonly Tag[];
  readonly ResourceTagKeys: readonly string[];
}

/** moto forgets the tags of budgets. */
export function budgetsTags(): Overlay {
  const tags = new Map<string, readonly Tag[]>();
  const arnOf = ({ AccountId, Budget, BudgetName }: Partial<Input>) =>
    `arn:aws:budgets::${AccountId}:budget/${BudgetName ?? Budget?.BudgetName}`;
  return {
    service: "budgets",
    actions: ["CreateBudget", "DeleteBudget", "ListTagsForResource", "TagResource", "UntagResource"],
    answer: (call) => {
      const { ResourceARN = "", ResourceTags = [], ResourceTagKeys = [] } = jsonInput<Input>(call);
      const known = tags.get(ResourceARN) ?? [];
      if (call.action === "ListTagsForResource") return Promise.resolve(jsonOutput({ ResourceTags: known }));
      const replaced = call.action === "UntagResource" ? ResourceTagKeys : ResourceTags.map(({ Key }) => Key);
      const kept = known.filter(({ Key }) => !replaced.includes(Key));
      if (call.action === "TagResource") tags.set(ResourceARN, [...kept, ...ResourceTags]);
      else if (call.action === "UntagResource") tags.set(ResourceARN, kept);
      else return Promise.resolve(undefined);
      return Promise.resolve(jsonOutput({}));
    },
    amend: (call, response) => {
      const input = jsonInput<Input>(call);
      if (response.status >= 300) return response;
      if (call.action === "CreateBudget") tags.set(arnOf(input), input.ResourceTags ?? []);
      if (call.action === "DeleteBudget") tags.delete(arnOf(input));
      return response;
    },
  };
}
