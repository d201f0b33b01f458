import { Construct } from "constructs";
import type { IGrantable, IPrincipal } from "../core/grants";
import { checkIdentity } from "../core/identity-checks";
import type { EnvironmentIdentity } from "../core/naming";
import { PropChecks } from "../core/prop-checks";
import type { ICiProvider } from "./ci-provider";
import type { IPermissionsBoundary } from "./permissions-boundary";
import {
  READ_CONTENT_ACTIONS,
  READ_IDENTITY_ACTIONS,
  READ_OBJECT_ACTIONS,
  READ_SETTINGS_ACTIONS,
  READ_STATE_ACTIONS,
} from "./perms";
import { checkBucketName } from "./private/bucket-name";
import { CiRole, checkSessionHours } from "./private/ci-role";
import { checkBranch, checkRepository, reviewSubjects } from "./private/ci-trust";
import { OwnedArns } from "./private/owned-arns";
import type { Rule } from "./private/rules-document";
import type { StateLocationOptions } from "./state-location";

/** What a `CiPlanRole` is made of. */
export interface CiPlanRoleProps {
  /** The environment that is planned. */
  readonly identity: EnvironmentIdentity;
  /** Whose tokens the role takes. */
  readonly provider: ICiProvider;
  /**
   * Repository whose pull requests may plan: `owner/name` on GitHub (`owner@id/name@id` where its subjects are immutable, as
   * in repositories made since July 2026), `group/project` on GitLab.
   */
  readonly repository: string;
  /** Where the states are that a plan reads. */
  readonly state: StateLocationOptions;
  /**
   * Branches whose own runs may plan too, such as a nightly look for drift on `main`. On GitLab every branch of the project
   * may, since its merge requests go by the names of their branches; so none may be listed there.
   *
   * @default - none
   */
  readonly branches?: readonly string[];
  /**
   * Longest session, 1 to 12 hours.
   *
   * @default 1
   */
  readonly sessionHours?: number;
  /**
   * What the role may do at most.
   *
   * @default - no more than its own permissions
   */
  readonly boundary?: IPermissionsBoundary;
}

/**
 * A role with which the pipelines of pull requests plan: it reads every setting a refresh needs and the environment's own
 * states, and is denied values of secrets, objects, log lines and decryption of anything else. It writes nothing, the lock of
 * the state included: plan with `-lock=false`.
 *
 * @example
 * new CiPlanRole(this, "Plan", {
 *   identity,
 *   provider: github,
 *   repository: "example-org/ml-platform",
 *   state: { bucketName: "example-states" },
 * });
 */
export class CiPlanRole extends Construct implements IGrantable {
  /** ARN of the role: what the pipeline is configured with. */
  readonly roleArn: string;
  /** Name of the role. */
  readonly roleName: string;
  readonly grantPrincipal: IPrincipal;

  /** @throws ValidationError `INVALID_CI_PLAN_ROLE_PROPS` */
  constructor(scope: Construct, id: string, props: CiPlanRoleProps) {
    super(scope, id);
    const { identity, provider, repository, branches = [], sessionHours = 1 } = props;

    this.validateProps(props, branches, sessionHours);

    const role = new CiRole(this, {
      identity,
      provider,
      purpose: "plan",
      description: `Pipelines of ${repository} plan ${identity.project}/${identity.stage}`,
      subjects: reviewSubjects(provider.system, repository, branches),
      rules: planRules(identity, props.state),
      sessionHours,
      permissionsBoundaryArn: props.boundary?.policyArn,
    });

    this.roleArn = role.roleArn;
    this.roleName = role.roleName;
    this.grantPrincipal = role.grantPrincipal;
  }

  private validateProps(props: CiPlanRoleProps, branches: readonly string[], sessionHours: number): void {
    const { system } = props.provider;
    const checks = checkIdentity(new PropChecks(this, "INVALID_CI_PLAN_ROLE_PROPS"), props.identity);
    checkRepository(checks, system, props.repository);
    const none = "must be left out for GitLab, where every branch of the project may plan";
    checks.require(system === "github" || branches.length === 0, "branches", none, branches);
    branches.forEach((branch, index) => checkBranch(checks, `branches[${index}]`, branch));
    checkBucketName(checks, "state.bucketName", props.state.bucketName);
    checkSessionHours(checks, sessionHours).throwIfAny();
  }
}

function planRules(identity: EnvironmentIdentity, { bucketName, encryptionKey }: StateLocationOptions): Rule[] {
  const own = new OwnedArns(identity);
  const states = own.states(bucketName);
  const settings = [...READ_SETTINGS_ACTIONS, ...READ_IDENTITY_ACTIONS];
  const decrypt = ["kms:Decrypt"];
  const key = encryptionKey === undefined ? [] : [encryptionKey.keyArn];
  return [
    { sid: "Settings", effect: "Allow", actions: settings, resources: ["*"] },
    { sid: "OwnStates", effect: "Allow", actions: READ_STATE_ACTIONS, resources: [states] },
    ...(key.length === 0 ? [] : [{ sid: "KeyOfStates", effect: "Allow", actions: decrypt, resources: key } as const]),
    { sid: "NoContent", effect: "Deny", actions: READ_CONTENT_ACTIONS, resources: ["*"] },
    { sid: "NoOtherObjects", effect: "Deny", actions: READ_OBJECT_ACTIONS, resources: { allBut: [states] } },
    {
      sid: "NoOtherDecryption",
      effect: "Deny",
      actions: decrypt,
      resources: key.length === 0 ? ["*"] : { allBut: key },
    },
  ];
}
