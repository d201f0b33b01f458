import type { TerraformStack } from "cdktf";
import { RedisCache, type RedisCacheProps } from "../../../constructs/cache/redis-cache";
import { importedKey, importedVpc } from "../../support/cluster";
import { IDENTITY } from "../../support/fixtures";

/** The least a cache can be made of, and what a test adds. */
export function cacheIn(stack: TerraformStack, props: Partial<RedisCacheProps> = {}): RedisCache {
  return new RedisCache(stack, "Features", {
    identity: IDENTITY,
    cacheName: "features",
    engineVersion: "8.1",
    nodeType: "cache.r7g.large",
    vpc: props.vpc ?? importedVpc(stack),
    encryptionKey: importedKey(stack),
    ...props,
  });
}
