import { EksApiError } from "../errors";
import { alive } from "../model/state";
import type { Tags } from "../model/types";
import { defineOperation, type OperationContext } from "./operation";

/** Most tags of one resource. */
const MOST_TAGS = 50;

interface Tagged {
  readonly arn: string;
  tags: Tags;
}

export const tagResource = defineOperation<{ resourceArn: string; tags: Tags }>({
  mutates: true,
  check(context, { resourceArn, tags }) {
    const count = Object.keys({ ...findTagged(context, resourceArn).tags, ...tags }).length;
    if (count <= MOST_TAGS) return;
    throw new EksApiError("BadRequestException", `A resource has at most ${MOST_TAGS} tags, got ${count}`);
  },
  execute(context, { resourceArn, tags }) {
    const resource = findTagged(context, resourceArn);
    resource.tags = { ...resource.tags, ...tags };
    return {};
  },
});

export const untagResource = defineOperation<{ resourceArn: string; tagKeys: readonly string[] }>({
  mutates: true,
  check(context, { resourceArn }) {
    findTagged(context, resourceArn);
  },
  execute(context, { resourceArn, tagKeys }) {
    const resource = findTagged(context, resourceArn);
    const kept = Object.entries(resource.tags).filter(([key]) => !tagKeys.includes(key));
    resource.tags = Object.fromEntries(kept);
    return {};
  },
});

export const listTagsForResource = defineOperation<{ resourceArn: string }>({
  mutates: false,
  execute: (context, { resourceArn }) => ({ tags: findTagged(context, resourceArn).tags }),
});

function findTagged({ state, place, now }: OperationContext, arn: string): Tagged {
  if (!/^arn:aws[a-z-]*:eks:/.test(arn)) {
    throw new EksApiError("BadRequestException", `Invalid resource ARN: ${arn}`);
  }
  for (const cluster of state.clusters(place, now)) {
    const inside: Tagged[] = [
      cluster,
      ...alive(cluster.nodegroups, now),
      ...alive(cluster.addons, now),
      ...cluster.accessEntries.values(),
      ...cluster.podIdentities.values(),
      ...alive(cluster.identityProviders, now),
    ];
    const found = inside.find((resource) => resource.arn === arn);
    if (found !== undefined) return found;
  }
  throw new EksApiError("NotFoundException", `No resource found for ARN: ${arn}`);
}
