import type { PlannedChange } from "../../../engine/subject";
import { Value } from "../../../engine/value";

/** Why Terraform wants to destroy something, by its `action_reason`. */
const REASONS: Readonly<Record<string, string>> = {
  delete_because_count_index: "its index is beyond `count`",
  delete_because_each_key: "its key is no longer in `for_each`",
  delete_because_no_module: "its module is no longer called",
  delete_because_no_move_target: "it was moved to an address that is not defined",
  delete_because_no_resource_config: "it is no longer defined",
  delete_because_wrong_repetition: "`count` or `for_each` was added or taken away",
  replace_because_cannot_update: "it cannot be changed in place",
  replace_because_tainted: "it is tainted: an earlier apply broke off while it was made, or somebody marked it",
  replace_by_request: "`-replace` was asked for",
  replace_by_triggers: "a resource in its `replace_triggered_by` changes",
};

/**
 * Why a change destroys, as the end of a sentence: the attributes that force it with their values, and Terraform's reason when
 * it is another.
 */
export function reasonOf(change: PlannedChange): string {
  const { replacePaths, reason } = change.about;
  const forced = replacePaths.map((path) => forcedBy(change, path));
  if (forced.length > 0) return `${forced.join(" and ")} cannot be changed in place`;
  if (change.about.deposed !== undefined) return "it is left over from a replacement that broke off";
  return (reason === undefined ? undefined : REASONS[reason]) ?? reason ?? "the plan does not say why";
}

function forcedBy({ stack, about: { before, after } }: PlannedChange, path: string): string {
  const steps = path.replaceAll(/\[\d+\]/g, "").split(".");
  const at = (values: object | undefined): string => new Value(stack, "", values).at(steps).toString();
  return `\`${path}\` (${at(before)} → ${at(after)})`;
}
