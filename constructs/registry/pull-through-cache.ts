import { EcrPullThroughCacheRule } from "@cdktf/provider-aws/lib/ecr-pull-through-cache-rule";
import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template";
import { Construct } from "constructs";
import { findPublicRegistry, nearestName, publicRegistries, tryFindPublicRegistry } from "../../catalog";
import { Grant, type IGrantable } from "../core/grants";
import { checkIdentity } from "../core/identity-checks";
import { type EnvironmentIdentity, NAME_LIMITS, resourceName } from "../core/naming";
import { PropChecks } from "../core/prop-checks";
import type { IKey } from "../encryption/key";
import type { ISecret } from "../encryption/secret";
import { PULL_THROUGH_ACTIONS, SIGN_IN_ACTIONS } from "./perms";
import { defineCreationRole } from "./private/creation-role";
import { lifecyclePolicy } from "./private/lifecycle-policy";
import { registryHost, repositoryArn } from "./private/registry-address";

/** A cache of a public registry's images in the account's own registry. */
export interface IPullThroughCache {
  /** What names of cached repositories begin with, without the slash, such as `atlas-dev/quay`. */
  readonly repositoryPrefix: string;
  /** Name to pull an upstream image by: `prometheus/node-exporter:v1.9.1` as it is called upstream, found in the cache. */
  imageUri(upstreamImage: string): string;
  /** Lets the grantee pull images through the cache, signing in and the first import included. */
  grantPull(grantee: IGrantable): Grant;
}

/** What a caller chooses about a pull-through cache. */
export interface PullThroughCacheOptions {
  /** The registry whose images are cached, by the name that images are known by, such as `quay.io`. The catalogue must know it. */
  readonly upstream: string;
  /**
   * Account at the upstream registry: needed for Docker Hub, GitHub, GitLab and Chainguard, and refused by the others. Its
   * value must be there before the cache is defined.
   *
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-secret.html
   * @default - none
   */
  readonly credentials?: ISecret;
  /**
   * What names of cached repositories begin with: 2 to 30 characters, once in an account and region. It cannot be changed later.
   *
   * @default - `<project>-<stage>/` and a short name of the registry, such as `atlas-dev/quay`
   */
  readonly repositoryPrefix?: string;
  /**
   * Whether a cached tag stays at the image it was first pulled with, even when upstream moves it.
   *
   * @default false
   */
  readonly immutableTags?: boolean;
  /**
   * Days after which a cached image without a tag is deleted: those whose tag upstream has moved.
   *
   * @default 14
   */
  readonly untaggedExpiryDays?: number;
}

/** What a `PullThroughCache` is made of. */
export interface PullThroughCacheProps extends PullThroughCacheOptions {
  /** The environment the cache belongs to. */
  readonly identity: EnvironmentIdentity;
  /** The key that encrypts the cached images. */
  readonly encryptionKey: IKey;
}

/** An existing cache. */
export interface PullThroughCacheAttributes {
  /** The environment whose account and region the cache is in. */
  readonly identity: EnvironmentIdentity;
  /** What names of cached repositories begin with. */
  readonly repositoryPrefix: string;
}

abstract class PullThroughCacheBase extends Construct implements IPullThroughCache {
  abstract readonly repositoryPrefix: string;
  protected abstract readonly identity: EnvironmentIdentity;

  /**
   * Name to pull an upstream image by. Official images of Docker Hub have the prefix `library/`.
   *
   * @throws ValidationError `INVALID_UPSTREAM_IMAGE` when the name holds a registry, or is none
   */
  imageUri(upstreamImage: string): string {
    const rule = "must be the image's name without its registry, such as prometheus/node-exporter:v1.9.1";
    new PropChecks(this, "INVALID_UPSTREAM_IMAGE")
      .require(UPSTREAM_IMAGE.test(upstreamImage), "upstreamImage", rule, upstreamImage)
      .throwIfAny();
    return `${registryHost(this.identity)}/${this.repositoryPrefix}/${upstreamImage}`;
  }

  grantPull(grantee: IGrantable): Grant {
    const cached = repositoryArn(this.identity, `${this.repositoryPrefix}/*`);
    const signIn = Grant.addToPrincipal({ grantee, actions: SIGN_IN_ACTIONS, resources: ["*"] });
    return signIn.combine(Grant.addToPrincipal({ grantee, actions: PULL_THROUGH_ACTIONS, resources: [cached] }));
  }
}

/**
 * Keeps images of a public registry in the account's own: what was pulled once is there when the registry is not, and counts
 * towards no limit of it. Cached repositories are encrypted with the given KMS key.
 *
 * @example
 * const quay = new PullThroughCache(this, "QuayCache", { identity, upstream: "quay.io", encryptionKey: key });
 * quay.grantPull(nodeRole);
 * quay.imageUri("prometheus/node-exporter:v1.9.1");
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
 */
export class PullThroughCache extends PullThroughCacheBase {
  /**
   * A cache that is defined elsewhere.
   *
   * @throws ValidationError `INVALID_PULL_THROUGH_CACHE_ATTRIBUTES`
   */
  static fromPullThroughCacheAttributes(
    scope: Construct,
    id: string,
    attributes: PullThroughCacheAttributes,
  ): IPullThroughCache {
    return new ImportedPullThroughCache(scope, id, attributes);
  }

  readonly repositoryPrefix: string;
  protected readonly identity: EnvironmentIdentity;

  /** @throws ValidationError `INVALID_PULL_THROUGH_CACHE_PROPS` */
  constructor(scope: Construct, id: string, props: PullThroughCacheProps) {
    super(scope, id);
    const { identity, upstream, credentials } = props;

    this.validateProps(props);

    const registry = findPublicRegistry(upstream);
    const prefix = props.repositoryPrefix ?? defaultPrefix(identity, registry.prefix);
    const template = this.defineTemplate(props, prefix);
    new EcrPullThroughCacheRule(this, "Resource", {
      ecrRepositoryPrefix: prefix,
      upstreamRegistryUrl: registry.url,
      credentialArn: credentials?.secretArn,
      // A pull before the template stands would make a repository without the key, which cannot be given one later.
      dependsOn: [template],
    });

    this.identity = identity;
    this.repositoryPrefix = prefix;
  }

  private defineTemplate(props: PullThroughCacheProps, prefix: string): EcrRepositoryCreationTemplate {
    const { identity, upstream, encryptionKey, immutableTags = false, untaggedExpiryDays = 14 } = props;
    const role = defineCreationRole(this, identity, { prefix, encryptionKey });
    return new EcrRepositoryCreationTemplate(this, "Template", {
      prefix,
      description: `Images cached from ${upstream}`,
      appliedFor: ["PULL_THROUGH_CACHE"],
      imageTagMutability: immutableTags ? "IMMUTABLE" : "MUTABLE",
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: encryptionKey.keyArn }],
      lifecyclePolicy: lifecyclePolicy({ untaggedExpiryDays }),
      customRoleArn: role.roleArn,
      dependsOn: [role.permissions],
    });
  }

  private validateProps(props: PullThroughCacheProps): void {
    const { identity, upstream, credentials, repositoryPrefix, untaggedExpiryDays: days = 14 } = props;
    const names = publicRegistries().map(({ name }) => name);
    const nearest = nearestName(upstream, names);
    const hint = nearest === undefined ? "" : ` (did you mean "${nearest}"?)`;
    const checks = checkIdentity(new PropChecks(this, "INVALID_PULL_THROUGH_CACHE_PROPS"), identity)
      .require(names.includes(upstream), "upstream", `must be one of ${names.join(", ")}${hint}`, upstream)
      .require(
        Number.isInteger(days) && days >= 1,
        "untaggedExpiryDays",
        "must be a whole number of days, 1 or more",
        days,
      );
    checkCredentials(checks, upstream, credentials);
    if (repositoryPrefix !== undefined) checkPrefix(checks, repositoryPrefix);
    checks.throwIfAny();
  }
}

class ImportedPullThroughCache extends PullThroughCacheBase {
  readonly repositoryPrefix: string;
  protected readonly identity: EnvironmentIdentity;

  constructor(scope: Construct, id: string, { identity, repositoryPrefix }: PullThroughCacheAttributes) {
    super(scope, id);
    const checks = checkIdentity(new PropChecks(this, "INVALID_PULL_THROUGH_CACHE_ATTRIBUTES"), identity);
    checkPrefix(checks, repositoryPrefix);
    checks.throwIfAny();
    this.identity = identity;
    this.repositoryPrefix = repositoryPrefix;
  }
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html */
const PREFIX = /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/;
const CREDENTIALS_ARN = /:secret:ecr-pullthroughcache\//;
/** A first part with a dot or a colon would be a registry. */
const UPSTREAM_IMAGE = /^[a-z0-9_-]+(\/[a-z0-9._-]+)*(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/;

function defaultPrefix({ project, stage }: EnvironmentIdentity, registry: string): string {
  const max = NAME_LIMITS.pullThroughCachePrefix - registry.length - 1;
  return `${resourceName([project, stage], { max })}/${registry}`;
}

function checkPrefix(checks: PropChecks, prefix: string): void {
  const most = NAME_LIMITS.pullThroughCachePrefix;
  const rule = `must be 2 to ${most} lower-case letters, digits and ._-, in parts joined by slashes`;
  const fits = PREFIX.test(prefix) && prefix.length >= 2 && prefix.length <= most;
  checks.require(fits, "repositoryPrefix", rule, prefix);
}

function checkCredentials(checks: PropChecks, upstream: string, credentials: ISecret | undefined): void {
  const { needsCredentials } = tryFindPublicRegistry(upstream) ?? {};
  if (needsCredentials === undefined) return;
  if (credentials === undefined) {
    const rule = `must be a secret with an account at ${upstream}: ECR does not pull from there without one`;
    checks.require(!needsCredentials, "credentials", rule, credentials);
    return;
  }
  const { secretArn } = credentials;
  checks.require(needsCredentials, "credentials", `must be left out: ECR pulls from ${upstream} without`, "a secret");
  const named = "must be a secret whose name starts with ecr-pullthroughcache/, the only ones ECR reads";
  checks.require(CREDENTIALS_ARN.test(secretArn), "credentials", named, secretArn);
}
