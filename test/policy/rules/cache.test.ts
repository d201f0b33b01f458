import { cacheRules } from "../../../policy/rules/cache";
import { cacheAuthenticated } from "../../../policy/rules/cache/cache-authenticated";
import { cacheEncryptedAtRest } from "../../../policy/rules/cache/cache-encrypted-at-rest";
import { cacheEncryptedInTransit } from "../../../policy/rules/cache/cache-encrypted-in-transit";
import { cacheOwnKey } from "../../../policy/rules/cache/cache-own-key";
import { cacheUserPassword } from "../../../policy/rules/cache/cache-user-password";
import { answersOf } from "./answers-of";

const group = (values: object) => ({ aws_elasticache_replication_group: { features: { ...values } } });

test("Valkey is encrypted unless told otherwise, Redis is not", () => {
  expect(answersOf(cacheEncryptedAtRest, group({ engine: "valkey" }))).toEqual(["pass"]);
  expect(answersOf(cacheOwnKey, group({ engine: "valkey" }))).toEqual(["fail: `kms_key_id` must be set, got nothing"]);
  for (const engine of ["redis", undefined]) {
    expect(answersOf(cacheEncryptedAtRest, group({ engine }))).toEqual([
      "fail: `at_rest_encryption_enabled` must be true, got nothing",
    ]);
    expect(answersOf(cacheOwnKey, group({ engine }))).toEqual(["not applicable"]);
  }
});

test("booleans may be texts", () => {
  expect(answersOf(cacheEncryptedAtRest, group({ at_rest_encryption_enabled: "true" }))).toEqual(["pass"]);
  expect(answersOf(cacheEncryptedInTransit, group({ transit_encryption_enabled: "true" }))).toEqual(["pass"]);
});

test("a serverless cache is always encrypted", () => {
  const cache = (values: object) => ({
    aws_elasticache_serverless_cache: { features: { engine: "redis", ...values } },
  });
  expect(answersOf(cacheOwnKey, cache({}))).toEqual(["fail: `kms_key_id` must be set, got nothing"]);
  expect(answersOf(cacheOwnKey, cache({ kms_key_id: "alias/atlas" }))).toEqual(["pass"]);
});

test("a cache without TLS is one finding", () => {
  const plain = group({ at_rest_encryption_enabled: true });
  expect(answersOf(cacheEncryptedInTransit, plain)).toEqual([
    "fail: `transit_encryption_enabled` must be true, got nothing",
  ]);
  expect(answersOf(cacheAuthenticated, plain)).toEqual(["not applicable"]);
});

test("a token or users will do", () => {
  const tls = { transit_encryption_enabled: true };
  expect(answersOf(cacheAuthenticated, group({ ...tls, auth_token: "${random_password.token.result}" }))).toEqual([
    "pass",
  ]);
  expect(answersOf(cacheAuthenticated, group({ ...tls, user_group_ids: [] }))).toEqual([
    "fail: `user_group_ids` or `auth_token` must be set, got neither",
  ]);
});

test("of a global datastore only the primary is asked what it alone decides", () => {
  const secondary = group({ global_replication_group_id: "${aws_elasticache_global_replication_group.all.id}" });
  const asked = cacheRules.filter((rule) => answersOf(rule, secondary)[0] !== "not applicable").map(({ slug }) => slug);
  expect(asked).toEqual(["cache-multi-az", "cache-own-network"]);
});

test("a user that is switched off needs no password", () => {
  const user = (accessString: string) => ({
    aws_elasticache_user: { default: { access_string: accessString, no_password_required: true } },
  });
  expect(answersOf(cacheUserPassword, user("off -@all"))).toEqual(["not applicable"]);
  expect(answersOf(cacheUserPassword, user("on ~offers:* +@read"))).toEqual([
    "fail: `no_password_required` must not be true, got true",
  ]);
});
