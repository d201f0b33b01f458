import type { Example } from "../../../engine/rule";

/** A policy of its own that lets everyone do one thing, under a condition. */
export function policyForEveryone(type: string, action: string, condition: object): Example {
  const statement = { Effect: "Allow", Principal: "*", Action: action, Resource: "*", Condition: condition };
  return { terraform: { resource: { [type]: { jobs: { policy: JSON.stringify({ Statement: [statement] }) } } } } };
}
