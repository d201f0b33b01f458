import type { RuleContext } from "../../../engine/context";
import { mustHaveLinked } from "../../../engine/link";
import type { Resource } from "../../../engine/subject";
import type { Value } from "../../../engine/value";
import type { Verdict } from "../../../engine/verdict";
import { isWritten } from "../../private/is-written";

/**
 * A bucket must have a setting, which is a resource of its own or, in code for older providers, a block of the bucket. A
 * resource outweighs the block, which plans fill in with what is there now.
 *
 * @param setting type of the resource, and how one is judged
 * @param inline name of the block, and how it is judged
 */
export function mustHaveSetting(
  context: RuleContext,
  bucket: Resource,
  setting: { readonly type: string; readonly judge: (resource: Resource) => Verdict },
  inline?: { readonly block: string; readonly judge: (block: Value) => Verdict },
): Verdict {
  const { type, judge } = setting;
  const block = inline && bucket.at(inline.block);
  const isInline = block && isWritten(block) && context.graph.linked(bucket, type, "bucket").length === 0;
  return isInline ? inline.judge(block) : mustHaveLinked(context, bucket, { type, argument: "bucket" }, judge);
}
