import { notImplemented } from "../aws/aws-error";
import { answerOrFault } from "./elasticache/aws-fault";
import type { CacheStates } from "./elasticache/cache-state";
import type { Operations } from "./elasticache/operation";
import { parameterGroupOperations } from "./elasticache/parameter-groups";
import { queryAnswer } from "./elasticache/query-answer";
import { QueryInput } from "./elasticache/query-input";
import { replicationGroupOperations } from "./elasticache/replication-groups";
import { snapshotOperations } from "./elasticache/snapshots";
import { subnetGroupOperations } from "./elasticache/subnet-groups";
import { tagOperations } from "./elasticache/tags";
import { userGroupOperations } from "./elasticache/user-groups";
import { userOperations } from "./elasticache/users";
import type { Overlay } from "./overlay";

const NAMESPACE = "http://elasticache.amazonaws.com/doc/2015-02-02/";
const OPERATIONS: Operations = {
  ...subnetGroupOperations,
  ...parameterGroupOperations,
  ...userOperations,
  ...userGroupOperations,
  ...replicationGroupOperations,
  ...snapshotOperations,
  ...tagOperations,
};
/** What moto has of its own, in a world that knows nothing of this one. */
const OTHERS = ["CreateCacheCluster", "DeleteCacheCluster", "CreateSnapshot"];

/**
 * ElastiCache for replication groups. moto's have no member clusters, user groups, parameter groups or log delivery, and its
 * users and subnet groups would be in another world than the groups that need them; so all of the service is answered here.
 *
 * @param states what is remembered, also for CloudFormation, which makes users
 */
export function elastiCache(states: CacheStates): Overlay {
  return {
    service: "elasticache",
    actions: [...Object.keys(OPERATIONS), ...OTHERS],
    answer: async (call, context) => {
      const { action } = call;
      const operation = OPERATIONS[action];
      if (operation === undefined) {
        return notImplemented("query", "elasticache", action, "it has replication groups only, not single clusters");
      }
      return answerOrFault(async () => {
        const input = new QueryInput(call.body.toString("utf8"));
        const result = await operation(input, { ...context, call, state: states.of(call) });
        return queryAnswer(NAMESPACE, action, result);
      });
    },
  };
}
