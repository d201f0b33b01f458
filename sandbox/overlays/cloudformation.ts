import { notImplemented } from "../aws/aws-error";
import { type StackOperations, stackOperations } from "./cloudformation/stack-operations";
import { Stacks } from "./cloudformation/stack-state";
import { answerOrFault } from "./elasticache/aws-fault";
import type { CacheStates } from "./elasticache/cache-state";
import { queryAnswer } from "./elasticache/query-answer";
import { QueryInput } from "./elasticache/query-input";
import type { Overlay } from "./overlay";

const NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/";
const OPERATIONS: StackOperations = stackOperations;
/** What moto has of its own: its stacks leave out, without a word, each resource that it does not know. */
const OTHERS = ["CreateChangeSet", "ExecuteChangeSet", "CreateStackSet", "CreateStackInstances", "ListStackResources"];

/**
 * Stacks of users of ElastiCache and secrets: the two that a password passes between, by a dynamic reference. moto knows
 * neither. A template with anything else is refused with the name of what it is.
 *
 * @param caches where the users are made
 */
export function cloudFormation(caches: CacheStates): Overlay {
  const stacks = new Stacks();
  return {
    service: "cloudformation",
    actions: [...Object.keys(OPERATIONS), ...OTHERS],
    answer: async (call, context) => {
      const { action } = call;
      const operation = OPERATIONS[action];
      if (operation === undefined) {
        return notImplemented("query", "cloudformation", action, "it has stacks of users and secrets only");
      }
      return answerOrFault(async () => {
        const input = new QueryInput(call.body.toString("utf8"));
        const world = { ...context, call, state: caches.of(call), stacks: stacks.of(call) };
        return queryAnswer(NAMESPACE, action, await operation(input, world));
      });
    },
  };
}
