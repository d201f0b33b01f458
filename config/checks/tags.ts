import type { EnvironmentDraft, Finding } from "../draft";

/** Tags that every resource has already, with values that follow from the environment. */
const STANDARD = ["Project", "Stage", "Layer", "Owner", "ManagedBy"];

/** Most tags of the environment's own: AWS takes 50 on a resource, and the standard ones and `Name` are among them. */
const MOST_TAGS = 40;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;

/** Tags: inside AWS's limits and beside the standard ones. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export function* checkTags({ tags }: EnvironmentDraft): Generator<Finding> {
  const entries = Object.entries(tags ?? {});
  if (entries.length > MOST_TAGS)
    yield { path: ["tags"], rule: `must be at most ${MOST_TAGS} tags`, got: entries.length };
  for (const [key, value] of entries) {
    const path = ["tags", key];
    if (key.toLowerCase().startsWith("aws:"))
      yield { path, rule: "must not start with aws:, which is reserved", got: key };
    if (key.length === 0 || key.length > LONGEST_KEY) {
      yield { path, rule: `must have a key of 1 to ${LONGEST_KEY} characters`, got: key };
    }
    if (STANDARD.some((name) => name.toLowerCase() === key.toLowerCase())) {
      yield {
        path,
        rule: "must not be one of the standard tags, which are set already",
        got: key,
        allowed: `not ${STANDARD.join(", ")}`,
      };
    }
    if (value !== undefined && value.length > LONGEST_VALUE) {
      yield { path, rule: `must be at most ${LONGEST_VALUE} characters`, got: value };
    }
  }
}
