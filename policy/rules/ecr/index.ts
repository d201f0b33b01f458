import type { Rule } from "../../engine/rule";
import { ecrForceDelete } from "./ecr-force-delete";
import { ecrImmutableTags } from "./ecr-immutable-tags";
import { ecrLifecycle } from "./ecr-lifecycle";
import { ecrOwnKey } from "./ecr-own-key";
import { ecrPolicyNotPublic } from "./ecr-policy-not-public";
import { ecrScanOnPush } from "./ecr-scan-on-push";

/** Rules for image repositories of ECR. */
export const ecrRules: readonly Rule[] = [
  ecrImmutableTags,
  ecrOwnKey,
  ecrScanOnPush,
  ecrPolicyNotPublic,
  ecrLifecycle,
  ecrForceDelete,
];
