import type { Resource } from "../../../engine/subject";
import { fail, pass, unknown } from "../../../engine/verdict";
import type { Verdict } from "../../../engine/verdict";

const EFFECTS = ["NO_SCHEDULE", "NO_EXECUTE"];

/**
 * A managed node group must have a taint that keeps pods away.
 *
 * @param certain whether it is known that its nodes are of the kind that the taint is for
 */
export function mustBeTainted(group: Resource, key: string, certain: boolean): Verdict {
  const taints = group.each("taint");
  const about = { attribute: "taint" };
  const same = taints.filter((taint) => taint.at("key").literal === key);
  if (same.some((taint) => EFFECTS.includes(String(taint.at("effect").literal)))) return pass();
  const got = taints.map((taint) => taint.at("key").toString()).join(", ") || "no taint";
  const message = `\`taint\` must hold ${key} with effect NO_SCHEDULE, got ${got}`;
  if (!certain) return unknown(`${message}; its instance types do not tell whether it needs one`, about);
  const open = taints.some((taint) => taint.at("key").unknown) || same.some((taint) => taint.at("effect").unknown);
  return open ? unknown(message, about) : fail(message, about);
}
