import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** Reports at synthesis when another construct of the stack claims what only one may have. */
export function onlyOne<T extends IConstruct>(
  claimant: T,
  claims: (other: IConstruct) => other is T,
  what: string,
): void {
  const validate = () => {
    const [first] = TerraformStack.of(claimant).node.findAll().filter(claims);
    return first === undefined || first === claimant
      ? []
      : [`There must be one ${what} at most: ${first.node.path} is it`];
  };
  claimant.node.addValidation({ validate });
}
