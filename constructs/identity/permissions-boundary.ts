import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { checkIdentity } from "../core/identity-checks";
import type { EnvironmentIdentity } from "../core/naming";
import { partitionOf } from "../core/partition";
import { PropChecks } from "../core/prop-checks";
import {
  ACCOUNT_ACTIONS,
  BLINDING_ACTIONS,
  BREAK_LOCK_ACTIONS,
  CHANGE_IDENTITY_ACTIONS,
  CHANGE_POLICY_ACTIONS,
  EMPOWERING_ACTIONS,
  GLOBAL_ACTIONS,
  TAG_IDENTITY_ACTIONS,
  WRITE_STATE_ACTIONS,
} from "./perms";
import { checkBucketName } from "./private/bucket-name";
import { boundaryName, OwnedArns } from "./private/owned-arns";
import { type Rule, rulesDocument } from "./private/rules-document";

/** A policy that says what roles may do at most, whatever else they are given. */
export interface IPermissionsBoundary {
  /** ARN of the policy. */
  readonly policyArn: string;
}

/** What a `PermissionsBoundary` is made of. */
export interface PermissionsBoundaryProps {
  /** The environment whose roles are bounded. */
  readonly identity: EnvironmentIdentity;
  /** Name of the bucket that holds the Terraform states of this and other environments. */
  readonly stateBucketName: string;
  /**
   * Regions that the roles may act in. Services without regions stay usable.
   *
   * @default - the environment's own region
   */
  readonly regions?: readonly string[];
}

/** An existing boundary. */
export interface PermissionsBoundaryAttributes {
  /** ARN of the policy, as text or as a reference. */
  readonly policyArn: string;
}

/**
 * The outer fence of an environment: the role that deploys it and every role it makes stay in the regions listed, away from
 * other projects' states and identities, from the account's own settings and from the fence itself. It is deployed by an
 * administrator, before the roles that carry it, since none of them can change it.
 *
 * @example
 * const boundary = new PermissionsBoundary(this, "Boundary", { identity, stateBucketName: "example-states" });
 * new PodRole(this, "Training", { ...options, permissionsBoundaryArn: boundary.policyArn });
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export class PermissionsBoundary extends Construct implements IPermissionsBoundary {
  /**
   * A boundary that is defined elsewhere.
   *
   * @throws ValidationError `INVALID_PERMISSIONS_BOUNDARY_ATTRIBUTES` when the ARN is not that of a policy
   */
  static fromPermissionsBoundaryAttributes(
    scope: Construct,
    id: string,
    attributes: PermissionsBoundaryAttributes,
  ): IPermissionsBoundary {
    return new ImportedPermissionsBoundary(scope, id, attributes);
  }

  /** ARN of an environment's boundary, known before it exists: for the roles of layers that come after it. */
  static policyArnOf(identity: EnvironmentIdentity): string {
    return `arn:${partitionOf(identity.region)}:iam::${identity.account}:policy/${boundaryName(identity)}`;
  }

  readonly policyArn: string;

  /** @throws ValidationError `INVALID_PERMISSIONS_BOUNDARY_PROPS` */
  constructor(scope: Construct, id: string, props: PermissionsBoundaryProps) {
    super(scope, id);
    const { identity, stateBucketName, regions = [identity.region] } = props;

    this.validateProps(identity, stateBucketName, regions);
    const document = rulesDocument(boundaryRules(identity, stateBucketName, regions));
    this.node.addValidation({ validate: () => sizeProblems(document) });

    const name = boundaryName(identity);
    const policy = new IamPolicy(this, "Resource", {
      name,
      description: `What roles of ${identity.project}/${identity.stage} may do at most`,
      policy: document,
      tags: { Name: name },
    });

    this.policyArn = policy.arn;
  }

  private validateProps(identity: EnvironmentIdentity, bucket: string, regions: readonly string[]): void {
    const checks = checkIdentity(new PropChecks(this, "INVALID_PERMISSIONS_BOUNDARY_PROPS"), identity);
    checkBucketName(checks, "stateBucketName", bucket);
    checks.require(
      regions.includes(identity.region),
      "regions",
      `must hold the environment's own region ${identity.region}`,
      regions,
    );
    regions.forEach((region, index) => {
      checks.require(
        REGION.test(region),
        `regions[${index}]`,
        "must be an AWS region such as eu-central-1, without wildcards",
        region,
      );
    });
    checks.throwIfAny();
  }
}

class ImportedPermissionsBoundary extends Construct implements IPermissionsBoundary {
  readonly policyArn: string;

  constructor(scope: Construct, id: string, { policyArn }: PermissionsBoundaryAttributes) {
    super(scope, id);
    const checks = new PropChecks(this, "INVALID_PERMISSIONS_BOUNDARY_ATTRIBUTES");
    checkPolicyArn(checks, "policyArn", policyArn).throwIfAny();
    this.policyArn = policyArn;
  }
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const POLICY_ARN = /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/;
/** Characters without white space, of which there is none. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST_POLICY = 6144;

/** Adds the rule for the ARN of a policy that bounds a role. */
export function checkPolicyArn(checks: PropChecks, prop: string, arn: string): PropChecks {
  const rule = "must be an ARN arn:<partition>:iam::<account>:policy/<name>";
  return checks.require(POLICY_ARN.test(arn), prop, rule, arn);
}

function sizeProblems(document: string): string[] {
  if (document.length <= LONGEST_POLICY) return [];
  return [
    `The boundary must have at most ${LONGEST_POLICY} characters (IAM), got ${document.length}: list fewer regions`,
  ];
}

function boundaryRules(identity: EnvironmentIdentity, stateBucket: string, regions: readonly string[]): Rule[] {
  const own = new OwnedArns(identity);
  return [
    { sid: "AllButObjects", effect: "Allow", actions: { allBut: ["s3:*"] }, resources: ["*"] },
    { sid: "AllButStates", effect: "Allow", actions: ["s3:*"], resources: { allBut: own.buckets(stateBucket) } },
    { sid: "OwnStates", effect: "Allow", actions: WRITE_STATE_ACTIONS, resources: [own.states(stateBucket)] },
    { sid: "NamesOfStates", effect: "Allow", actions: ["s3:ListBucket"], resources: [own.bucket(stateBucket)] },
    {
      sid: "OtherRegions",
      effect: "Deny",
      actions: { allBut: GLOBAL_ACTIONS },
      resources: ["*"],
      conditions: { StringNotEquals: { "aws:RequestedRegion": regions } },
    },
    { sid: "LocksOfObjects", effect: "Deny", actions: BREAK_LOCK_ACTIONS, resources: ["*"] },
    { sid: "TheAccount", effect: "Deny", actions: ACCOUNT_ACTIONS, resources: ["*"] },
    { sid: "TheAccountsEyes", effect: "Deny", actions: BLINDING_ACTIONS, resources: ["*"] },
    ...identityRules(identity, own),
  ];
}

/**
 * Without these, a role that may make roles could make one that is not bounded, and pass it on. Tags of the fence itself are
 * left open, since the role that deploys sets those of the whole environment, and no policy here goes by them.
 */
function identityRules({ account }: EnvironmentIdentity, own: OwnedArns): Rule[] {
  const changes = [...CHANGE_IDENTITY_ACTIONS, "iam:PassRole"];
  const owned = [own.roles, own.policies, own.linkedRoles, own.instanceProfiles];
  return [
    {
      sid: "RolesWithoutBoundary",
      effect: "Deny",
      actions: EMPOWERING_ACTIONS,
      resources: ["*"],
      conditions: { StringNotEquals: { "iam:PermissionsBoundary": own.boundary } },
    },
    { sid: "TakingBoundariesOff", effect: "Deny", actions: ["iam:DeleteRolePermissionsBoundary"], resources: ["*"] },
    { sid: "TheBoundaryItself", effect: "Deny", actions: CHANGE_POLICY_ACTIONS, resources: [own.boundary] },
    { sid: "RolesOfPipelines", effect: "Deny", actions: changes, resources: [own.pipelineRoles] },
    {
      sid: "IdentitiesOfOthers",
      effect: "Deny",
      actions: changes,
      resources: { allBut: [...owned, own.clusterProviders] },
    },
    {
      sid: "TagsOfOthers",
      effect: "Deny",
      actions: TAG_IDENTITY_ACTIONS,
      resources: { allBut: [...owned, own.providers] },
    },
    {
      sid: "RolesOfOthers",
      effect: "Deny",
      actions: ["sts:AssumeRole"],
      resources: { allBut: [own.roles] },
      conditions: { StringEquals: { "aws:ResourceAccount": account } },
    },
  ];
}
