import type { EnvironmentIdentity } from "../../core/naming";
import {
  CHANGE_IDENTITY_ACTIONS,
  DELETE_OBJECT_ACTIONS,
  DEPLOY_ACTIONS,
  LINKED_ROLE_SERVICES,
  PASSED_TO_SERVICES,
  READ_CONTENT_ACTIONS,
  READ_IDENTITY_ACTIONS,
  READ_OBJECT_ACTIONS,
  STATE_KEY_ACTIONS,
  TAG_IDENTITY_ACTIONS,
  TAG_PROVIDER_ACTIONS,
  WRITE_OBJECT_ACTIONS,
  WRITE_STATE_ACTIONS,
} from "../perms";
import type { StateLocationOptions } from "../state-location";
import { OwnedArns } from "./owned-arns";
import type { Rule } from "./rules-document";

/** What the rules for deploying are made of. */
export interface DeployRulesProps {
  /** The environment that is deployed. */
  readonly identity: EnvironmentIdentity;
  /** Where the states are. */
  readonly state: StateLocationOptions;
  /** Buckets of the environment with names of their own. */
  readonly bucketNames: readonly string[];
  /** ARN of the issuer of tokens that the environment defines; none if the account has had it before. */
  readonly ownProviderArn: string | undefined;
  /** Whether what is in the buckets may be deleted. */
  readonly mayEmptyStores: boolean;
}

/** What deploying the layers takes, by the names that the environment gives, and what it does not take. */
export function deployRules(props: DeployRulesProps): Rule[] {
  const { identity, state, bucketNames, ownProviderArn, mayEmptyStores } = props;
  const own = new OwnedArns(identity);
  const { bucketName, encryptionKey } = state;
  const buckets = own.buckets(`${own.prefix}-*`, ...bucketNames);
  const key = encryptionKey === undefined ? [] : [encryptionKey.keyArn];
  return [
    { sid: "Services", effect: "Allow", actions: DEPLOY_ACTIONS, resources: ["*"] },
    { sid: "OwnStacks", effect: "Allow", actions: ["cloudformation:*"], resources: [own.stacks] },
    { sid: "OwnBuckets", effect: "Allow", actions: ["s3:*"], resources: buckets },
    { sid: "OwnStates", effect: "Allow", actions: WRITE_STATE_ACTIONS, resources: [own.states(bucketName)] },
    { sid: "NamesOfStates", effect: "Allow", actions: ["s3:ListBucket"], resources: [own.bucket(bucketName)] },
    ...(key.length === 0
      ? []
      : [{ sid: "KeyOfStates", effect: "Allow", actions: STATE_KEY_ACTIONS, resources: key } as const]),
    ...identityRules(own, ownProviderArn),
    ...objectDenials(own.states(bucketName), mayEmptyStores),
    ...denials(identity, own),
  ];
}

function identityRules(own: OwnedArns, ownProviderArn: string | undefined): Rule[] {
  const provider = ownProviderArn === undefined ? [] : [ownProviderArn];
  return [
    { sid: "Identities", effect: "Allow", actions: READ_IDENTITY_ACTIONS, resources: ["*"] },
    {
      sid: "OwnIdentities",
      effect: "Allow",
      actions: [...CHANGE_IDENTITY_ACTIONS, ...TAG_IDENTITY_ACTIONS],
      resources: [own.roles, own.policies, own.instanceProfiles, own.clusterProviders],
    },
    ...(provider.length === 0
      ? []
      : [{ sid: "TagsOfIssuer", effect: "Allow", actions: TAG_PROVIDER_ACTIONS, resources: provider } as const]),
    {
      sid: "HandingRolesToServices",
      effect: "Allow",
      actions: ["iam:PassRole"],
      resources: [own.roles],
      conditions: { StringEquals: { "iam:PassedToService": PASSED_TO_SERVICES } },
    },
    {
      sid: "RolesThatServicesMake",
      effect: "Allow",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [own.linkedRoles],
      conditions: { StringEquals: { "iam:AWSServiceName": LINKED_ROLE_SERVICES } },
    },
  ];
}

/** What is in buckets is the work of others: deploying reads, writes and unlocks none of it, and deletes it on demand only. */
function objectDenials(states: string, mayEmptyStores: boolean): Rule[] {
  const lost = mayEmptyStores ? [] : DELETE_OBJECT_ACTIONS;
  return [
    { sid: "NoOtherObjects", effect: "Deny", actions: READ_OBJECT_ACTIONS, resources: { allBut: [states] } },
    {
      sid: "NoChangesOfObjects",
      effect: "Deny",
      actions: [...WRITE_OBJECT_ACTIONS, ...lost],
      resources: { allBut: [states] },
    },
  ];
}

/** CloudFormation reads a secret in the name of its caller, to hand it to another service: so caches get their passwords. */
const GET_SECRET = "secretsmanager:GetSecretValue";
const isNoSecret = (action: string): boolean => action !== GET_SECRET;

/** The tags tell whose a resource is where its name cannot. Resources without these tags are not touched by the last two. */
function denials({ project, stage }: EnvironmentIdentity, own: OwnedArns): Rule[] {
  const taggedOtherwise = (sid: string, tag: string, value: string): Rule => ({
    sid,
    effect: "Deny",
    actions: ["*"],
    resources: ["*"],
    conditions: {
      Null: { [`aws:ResourceTag/${tag}`]: "false" },
      StringNotEquals: { [`aws:ResourceTag/${tag}`]: value },
    },
  });
  return [
    { sid: "NoContent", effect: "Deny", actions: READ_CONTENT_ACTIONS.filter(isNoSecret), resources: ["*"] },
    { sid: "NoOtherSecrets", effect: "Deny", actions: [GET_SECRET], resources: { allBut: [own.secrets] } },
    {
      sid: "NoSecretsByItself",
      effect: "Deny",
      actions: [GET_SECRET],
      resources: ["*"],
      conditions: { StringNotEquals: { "aws:CalledViaFirst": "cloudformation.amazonaws.com" } },
    },
    {
      sid: "NoDecryptionByItself",
      effect: "Deny",
      actions: ["kms:Decrypt"],
      resources: ["*"],
      conditions: { Null: { "kms:ViaService": "true" } },
    },
    taggedOtherwise("NotOfOtherProjects", "Project", project),
    taggedOtherwise("NotOfOtherStages", "Stage", stage),
  ];
}
