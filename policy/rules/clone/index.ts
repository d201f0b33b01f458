import type { Rule } from "../../engine/rule";
import { cloneOtherAccount } from "./clone-other-account";
import { cloneOtherName } from "./clone-other-name";
import { cloneOtherRegion } from "./clone-other-region";
import { cloneOwnTags } from "./clone-own-tags";

/** Rules for what a copied environment leaves behind. */
export const cloneRules: readonly Rule[] = [cloneOtherAccount, cloneOtherName, cloneOtherRegion, cloneOwnTags];
