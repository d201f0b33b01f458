import type { Tags } from "../preflight-aws";

/** Tags as most services list them, by their keys. */
export function tagsOf(listed: readonly { readonly Key?: string; readonly Value?: string }[] = []): Tags {
  return Object.fromEntries(listed.map(({ Key = "", Value = "" }) => [Key, Value]));
}
