import type { Finding } from "../draft";
import type { ValuePath } from "../value-path";
import { duplicates } from "../wording";

/** Stores to read and stores to read and write: none named twice, none in both lists. */
export function* checkStoreLists(
  path: ValuePath,
  lists: Readonly<Record<"read" | "readWrite", readonly (string | undefined)[]>>,
): Generator<Finding> {
  for (const list of ["read", "readWrite"] as const) {
    for (const { value, index } of duplicates(lists[list])) {
      yield { path: [...path, list, index], rule: "must not name a store twice", got: value };
    }
  }
  for (const [index, store] of lists.read.entries()) {
    if (store === undefined || !lists.readWrite.includes(store)) continue;
    const rule = "must not be under both read and readWrite; readWrite includes reading";
    yield { path: [...path, "read", index], rule, got: store };
  }
}
