import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Construct } from "constructs";
import { Grant, type IGrantable } from "../core/grants";
import { checkIdentity } from "../core/identity-checks";
import { type EnvironmentIdentity, NAME_LIMITS } from "../core/naming";
import { partitionOf } from "../core/partition";
import { policyDocument } from "../core/policy-document";
import { PropChecks } from "../core/prop-checks";
import type { IKey } from "../encryption/key";
import { PULL_ACTIONS, PUSH_ACTIONS, SIGN_IN_ACTIONS } from "./perms";
import { lifecyclePolicy } from "./private/lifecycle-policy";
import { registryHost, repositoryArn } from "./private/registry-address";

/** A repository of container images. */
export interface IImageRepository {
  /** Name of the repository. */
  readonly repositoryName: string;
  /** ARN of the repository. */
  readonly repositoryArn: string;
  /** What image names begin with, such as `111111111111.dkr.ecr.eu-central-1.amazonaws.com/atlas-dev/training`. */
  readonly repositoryUri: string;
  /** Lets the grantee pull images, signing in included. */
  grantPull(grantee: IGrantable): Grant;
  /** Lets the grantee pull and push images, signing in included. */
  grantPush(grantee: IGrantable): Grant;
}

/** What a caller chooses about an image repository. */
export interface ImageRepositoryOptions {
  /** What the images are, in kebab-case, in parts joined by slashes, such as `training`: the repository is `<project>-<stage>/<imageName>`. */
  readonly imageName: string;
  /**
   * Whether a tag can be moved to another image, so that what runs under a tag can change unseen.
   *
   * @default false
   */
  readonly mutableTags?: boolean;
  /**
   * Days after which an image without a tag is deleted.
   *
   * @default 14
   */
  readonly untaggedExpiryDays?: number;
  /**
   * How many tagged images are kept, the newest.
   *
   * @default 50
   */
  readonly keepTagged?: number;
  /**
   * Other AWS accounts whose roles may pull, by id, where those accounts let them.
   *
   * @default - none
   */
  readonly allowPullFrom?: readonly string[];
  /**
   * Whether Terraform refuses every plan that would destroy the repository. Without it, destroying the repository deletes all
   * images in it.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/** What an `ImageRepository` is made of. */
export interface ImageRepositoryProps extends ImageRepositoryOptions {
  /** The environment the repository belongs to. */
  readonly identity: EnvironmentIdentity;
  /** The key that encrypts the images. It cannot be changed later without replacing the repository. */
  readonly encryptionKey: IKey;
}

/** An existing repository. */
export interface ImageRepositoryAttributes {
  /** The environment whose account and region the repository is in. */
  readonly identity: EnvironmentIdentity;
  /** Name of the repository. */
  readonly repositoryName: string;
}

abstract class ImageRepositoryBase extends Construct implements IImageRepository {
  abstract readonly repositoryName: string;
  abstract readonly repositoryArn: string;
  abstract readonly repositoryUri: string;

  grantPull(grantee: IGrantable): Grant {
    return this.grant(grantee, PULL_ACTIONS);
  }

  grantPush(grantee: IGrantable): Grant {
    return this.grant(grantee, PUSH_ACTIONS);
  }

  private grant(grantee: IGrantable, actions: readonly string[]): Grant {
    const signIn = Grant.addToPrincipal({ grantee, actions: SIGN_IN_ACTIONS, resources: ["*"] });
    return signIn.combine(Grant.addToPrincipal({ grantee, actions, resources: [this.repositoryArn] }));
  }
}

/**
 * A private repository of ECR: tags that stay where they are, each image scanned when it is pushed, encrypted with the given
 * KMS key, old images deleted.
 *
 * @example
 * const training = new ImageRepository(this, "TrainingImages", { identity, imageName: "training", encryptionKey: key });
 * training.grantPush(buildRole);
 */
export class ImageRepository extends ImageRepositoryBase {
  /**
   * A repository that is defined elsewhere.
   *
   * @throws ValidationError `INVALID_IMAGE_REPOSITORY_ATTRIBUTES` when the name cannot be that of a repository
   */
  static fromImageRepositoryAttributes(
    scope: Construct,
    id: string,
    attributes: ImageRepositoryAttributes,
  ): IImageRepository {
    return new ImportedImageRepository(scope, id, attributes);
  }

  readonly repositoryName: string;
  readonly repositoryArn: string;
  readonly repositoryUri: string;

  /** @throws ValidationError `INVALID_IMAGE_REPOSITORY_PROPS` */
  constructor(scope: Construct, id: string, props: ImageRepositoryProps) {
    super(scope, id);
    const { identity, encryptionKey, imageName, mutableTags = false, deletionProtection = true } = props;
    const { untaggedExpiryDays = 14, keepTagged = 50, allowPullFrom = [] } = props;
    const name = `${identity.project}-${identity.stage}/${imageName}`;

    this.validateProps(identity, { imageName, name, untaggedExpiryDays, keepTagged, allowPullFrom });

    const repository = new EcrRepository(this, "Resource", {
      name,
      imageTagMutability: mutableTags ? "MUTABLE" : "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: encryptionKey.keyArn }],
      forceDelete: !deletionProtection,
      tags: { Name: name },
      lifecycle: deletionProtection ? { preventDestroy: true } : undefined,
    });
    new EcrLifecyclePolicy(this, "Lifecycle", {
      repository: repository.name,
      policy: lifecyclePolicy({ untaggedExpiryDays, keepTagged }),
    });
    if (allowPullFrom.length > 0) this.definePolicy(repository, identity, allowPullFrom);

    this.repositoryName = repository.name;
    this.repositoryArn = repository.arn;
    this.repositoryUri = repository.repositoryUrl;
  }

  private definePolicy(repository: EcrRepository, { region }: EnvironmentIdentity, accounts: readonly string[]): void {
    const principals = accounts.map((account) => `arn:${partitionOf(region)}:iam::${account}:root`);
    new EcrRepositoryPolicy(this, "Policy", {
      repository: repository.name,
      policy: policyDocument([
        { sid: "PullFromOtherAccounts", principals: { AWS: principals }, actions: PULL_ACTIONS, resources: [] },
      ]),
    });
  }

  private validateProps(
    identity: EnvironmentIdentity,
    settings: Required<
      Pick<ImageRepositoryOptions, "imageName" | "untaggedExpiryDays" | "keepTagged" | "allowPullFrom">
    > & {
      readonly name: string;
    },
  ): void {
    const { imageName, name, untaggedExpiryDays, keepTagged, allowPullFrom } = settings;
    const words = "must be lower-case words joined by hyphens, in parts joined by slashes";
    const whole = "must be a whole number, 1 or more";
    const most = NAME_LIMITS.imageRepository;
    const checks = checkIdentity(new PropChecks(this, "INVALID_IMAGE_REPOSITORY_PROPS"), identity)
      .require(IMAGE_NAME.test(imageName), "imageName", words, imageName)
      .require(name.length <= most, "imageName", `must make a name of at most ${most} characters`, name)
      .require(isCount(untaggedExpiryDays), "untaggedExpiryDays", whole, untaggedExpiryDays)
      .require(isCount(keepTagged), "keepTagged", whole, keepTagged);
    allowPullFrom.forEach((account, index) => {
      const prop = `allowPullFrom[${index}]`;
      checks
        .require(/^\d{12}$/.test(account), prop, "must be an AWS account id of 12 digits", account)
        .require(account !== identity.account, prop, "must be another account than the repository's own", account)
        .require(allowPullFrom.indexOf(account) === index, prop, "must not be named twice", account);
    });
    checks.throwIfAny();
  }
}

class ImportedImageRepository extends ImageRepositoryBase {
  readonly repositoryName: string;
  readonly repositoryArn: string;
  readonly repositoryUri: string;

  constructor(scope: Construct, id: string, { identity, repositoryName }: ImageRepositoryAttributes) {
    super(scope, id);
    const rule = "must be the name of an ECR repository: lower-case letters, digits and ._-/, 2 to 256 characters";
    const valid = REPOSITORY_NAME.test(repositoryName) && repositoryName.length >= 2;
    checkIdentity(new PropChecks(this, "INVALID_IMAGE_REPOSITORY_ATTRIBUTES"), identity)
      .require(valid && repositoryName.length <= NAME_LIMITS.imageRepository, "repositoryName", rule, repositoryName)
      .throwIfAny();
    this.repositoryName = repositoryName;
    this.repositoryArn = repositoryArn(identity, repositoryName);
    this.repositoryUri = `${registryHost(identity)}/${repositoryName}`;
  }
}

const IMAGE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+(-[a-z0-9]+)*)*$/;
/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const REPOSITORY_NAME = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
