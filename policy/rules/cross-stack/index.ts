import type { Rule } from "../../engine/rule";
import { stackAccountPinned } from "./stack-account-pinned";
import { stackNoCircularReads } from "./stack-no-circular-reads";
import { stackOutputExists } from "./stack-output-exists";
import { stackProvidersBounded } from "./stack-providers-bounded";
import { stackReadsOwnEnvironment } from "./stack-reads-own-environment";
import { stackStateEncrypted } from "./stack-state-encrypted";
import { stackStateLocked } from "./stack-state-locked";
import { stackStateOwnKey } from "./stack-state-own-key";
import { stackStateRemote } from "./stack-state-remote";

/** Rules for states, providers and what stacks read from each other. */
export const crossStackRules: readonly Rule[] = [
  stackOutputExists,
  stackReadsOwnEnvironment,
  stackStateOwnKey,
  stackStateEncrypted,
  stackStateLocked,
  stackStateRemote,
  stackProvidersBounded,
  stackNoCircularReads,
  stackAccountPinned,
];
