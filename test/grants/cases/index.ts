import type { GrantCase } from "../grant-case";
import { keyCases } from "./key";
import { postgresDatabaseCases } from "./postgres-database";
import { redisCacheCases } from "./redis-cache";
import { registryCases } from "./registry";
import { secretCases } from "./secret";
import { storeCases } from "./stores";

/** Every way to give permissions. A new `grantX` method needs its case here. */
export const GRANT_CASES: readonly GrantCase[] = [
  ...keyCases,
  ...secretCases,
  ...storeCases,
  ...registryCases,
  ...postgresDatabaseCases,
  ...redisCacheCases,
];
