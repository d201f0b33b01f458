import { notFound } from "../errors";
import { updateView } from "../model/updates";
import type { UpdateRecord } from "../model/types";
import { defineOperation } from "./operation";
import { paginate, type PageInput } from "./paginate";

/** Which updates are meant: those of the cluster itself, of a node group or of an add-on. */
interface UpdateScope {
  readonly name: string;
  readonly nodegroupName?: string;
  readonly addonName?: string;
}

export const describeUpdate = defineOperation<UpdateScope & { updateId: string }>({
  mutates: false,
  execute({ state, place, now }, input) {
    const cluster = state.findCluster(place, input.name, now);
    const update = cluster.updates.get(input.updateId);
    if (update === undefined || !belongs(update, input)) {
      const { nodegroupName, addonName } = input;
      throw notFound(`No update found for ID: ${input.updateId}`, {
        clusterName: input.name,
        ...(nodegroupName !== undefined && { nodegroupName }),
        ...(addonName !== undefined && { addonName }),
      });
    }
    return { update: updateView(update, now) };
  },
});

export const listUpdates = defineOperation<UpdateScope & PageInput>({
  mutates: false,
  execute({ state, place, now }, input) {
    const cluster = state.findCluster(place, input.name, now);
    const ids = [...cluster.updates.values()].filter((update) => belongs(update, input)).map((update) => update.id);
    const { page, nextToken } = paginate(ids, input);
    return { updateIds: page, nextToken };
  },
});

function belongs(update: UpdateRecord, scope: UpdateScope): boolean {
  return update.nodegroupName === scope.nodegroupName && update.addonName === scope.addonName;
}
