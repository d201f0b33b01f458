import type { Rule } from "../../engine/rule";
import { cacheAuthenticated } from "./cache-authenticated";
import { cacheEncryptedAtRest } from "./cache-encrypted-at-rest";
import { cacheEncryptedInTransit } from "./cache-encrypted-in-transit";
import { cacheFinalSnapshot } from "./cache-final-snapshot";
import { cacheMultiAz } from "./cache-multi-az";
import { cacheOwnKey } from "./cache-own-key";
import { cacheOwnNetwork } from "./cache-own-network";
import { cacheSnapshots } from "./cache-snapshots";
import { cacheUserPassword } from "./cache-user-password";

/** Rules for caches of ElastiCache. */
export const cacheRules: readonly Rule[] = [
  cacheEncryptedAtRest,
  cacheOwnKey,
  cacheEncryptedInTransit,
  cacheAuthenticated,
  cacheUserPassword,
  cacheMultiAz,
  cacheSnapshots,
  cacheOwnNetwork,
  cacheFinalSnapshot,
];
