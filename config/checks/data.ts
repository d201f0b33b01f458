import type { EnvironmentDraft, Finding } from "../draft";
import { STORE_NAMES } from "../schema/primitives";

/** Lifecycles of the object stores: what expires must have had its time before. */
export function* checkData({ data }: EnvironmentDraft): Generator<Finding> {
  for (const name of STORE_NAMES) {
    const { infrequentAccessAfterDays: cold, expireAfterDays: end } = data?.stores?.[name] ?? {};
    if (cold === undefined || end === undefined || end > cold) continue;
    const path = ["data", "stores", name, "expireAfterDays"];
    yield { path, rule: `must be more than infrequentAccessAfterDays (${cold})`, got: end };
  }
}
