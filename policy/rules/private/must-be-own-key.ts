import { mustBeSet } from "../../engine/expect";
import type { Graph } from "../../engine/graph";
import type { Value } from "../../engine/value";
import { fail, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";

/** Keys that AWS keeps for a service, as an alias or in the ARN of one. */
const AWS_MANAGED = /(^|[:/])alias\/aws\//;

/** The argument must name a KMS key of the account's own: one whose policy and rotation can be set. */
export function mustBeOwnKey(key: Value, graph: Graph): Verdict {
  if (AWS_MANAGED.test(key.text ?? "")) return awsManaged(key);
  if (!key.unknown) return mustBeSet(key);
  const keys = graph.targets(key);
  if (keys.length === 0) {
    return unknown(`\`${key.path}\` must be set, and is known only after apply: ${key.toString()}`, {
      attribute: key.path,
    });
  }
  const names = keys.flatMap((target) => [target.at("name").text, target.at("key_id").text]);
  return names.some((name) => AWS_MANAGED.test(name ?? "")) ? awsManaged(key) : pass();
}

function awsManaged(key: Value): Verdict {
  return fail(`\`${key.path}\` must be a key of the account's own, got one that AWS manages: ${key.toString()}`, {
    attribute: key.path,
  });
}
