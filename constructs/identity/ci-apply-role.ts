import { Construct } from "constructs";
import type { IGrantable, IPrincipal } from "../core/grants";
import { checkIdentity } from "../core/identity-checks";
import type { EnvironmentIdentity } from "../core/naming";
import { PropChecks } from "../core/prop-checks";
import { CiProvider, type ICiProvider } from "./ci-provider";
import type { IPermissionsBoundary } from "./permissions-boundary";
import { checkBucketName } from "./private/bucket-name";
import { CiRole, checkSessionHours } from "./private/ci-role";
import {
  branchSubject,
  checkBranch,
  checkEnvironment,
  checkRepository,
  environmentSubject,
  type Subjects,
} from "./private/ci-trust";
import { deployRules } from "./private/deploy-rules";
import type { StateLocationOptions } from "./state-location";

/** What a `CiApplyRole` is made of. */
export interface CiApplyRoleProps {
  /** The environment that is deployed. */
  readonly identity: EnvironmentIdentity;
  /** Whose tokens the role takes. */
  readonly provider: ICiProvider;
  /**
   * Repository whose pipelines may deploy: `owner/name` on GitHub (`owner@id/name@id` where its subjects are immutable, as in
   * repositories made since July 2026), `group/project` on GitLab.
   */
  readonly repository: string;
  /**
   * GitHub: the environment of the repository that the deploying job must name. Who may approve it, and from which branches,
   * is set there; without such rules every workflow of the repository can deploy.
   *
   * @default - none; required for GitHub
   */
  readonly protectedEnvironment?: string;
  /**
   * GitLab: the branch that the deploying pipeline must run on. It must be protected there: AWS sees its name only, not
   * whether GitLab protects it.
   *
   * @default - none; required for GitLab
   */
  readonly protectedBranch?: string;
  /** Where the states are. */
  readonly state: StateLocationOptions;
  /** What the role, and every role it makes, may do at most. */
  readonly boundary: IPermissionsBoundary;
  /**
   * Buckets of the environment whose names do not begin with `<project>-<stage>-`.
   *
   * @default - none
   */
  readonly bucketNames?: readonly string[];
  /**
   * Whether the role may delete what is in the environment's buckets, as destroying buckets that are not protected takes. It
   * can write and unlock nothing there in either case. The role cannot change itself: an administrator deploys the change.
   *
   * @default false
   */
  readonly mayEmptyStores?: boolean;
  /**
   * Longest session, 1 to 12 hours. A first deployment takes more than one.
   *
   * @default 2
   */
  readonly sessionHours?: number;
}

/**
 * A role with which the pipeline of a protected environment (GitHub) or a protected branch (GitLab) deploys: it manages the
 * services the layers are made of, roles and buckets by the environment's own name, and its own states. Values of secrets,
 * objects and what is tagged as another project's or stage's are denied, objects also to change, and the boundary stands
 * around all of it.
 *
 * @example
 * new CiApplyRole(this, "Apply", {
 *   identity,
 *   provider: github,
 *   repository: "example-org/ml-platform",
 *   protectedEnvironment: "atlas-prod",
 *   state: { bucketName: "example-states" },
 *   boundary,
 * });
 */
export class CiApplyRole extends Construct implements IGrantable {
  /** ARN of the role: what the pipeline is configured with. */
  readonly roleArn: string;
  /** Name of the role. */
  readonly roleName: string;
  readonly grantPrincipal: IPrincipal;

  /** @throws ValidationError `INVALID_CI_APPLY_ROLE_PROPS` */
  constructor(scope: Construct, id: string, props: CiApplyRoleProps) {
    super(scope, id);
    const { identity, provider, repository, state, mayEmptyStores = false } = props;
    const { bucketNames = [], sessionHours = 2 } = props;
    const ownProviderArn = provider instanceof CiProvider ? provider.providerArn : undefined;

    this.validateProps(props, bucketNames, sessionHours);

    const role = new CiRole(this, {
      identity,
      provider,
      purpose: "apply",
      description: `Pipelines of ${repository} deploy ${identity.project}/${identity.stage}`,
      subjects: subjectOf(props),
      rules: deployRules({ identity, state, bucketNames, ownProviderArn, mayEmptyStores }),
      sessionHours,
      permissionsBoundaryArn: props.boundary.policyArn,
    });

    this.roleArn = role.roleArn;
    this.roleName = role.roleName;
    this.grantPrincipal = role.grantPrincipal;
  }

  private validateProps(props: CiApplyRoleProps, bucketNames: readonly string[], sessionHours: number): void {
    const { system } = props.provider;
    const checks = checkIdentity(new PropChecks(this, "INVALID_CI_APPLY_ROLE_PROPS"), props.identity);
    checkRepository(checks, system, props.repository);
    this.validatePlace(checks, props);
    checkBucketName(checks, "state.bucketName", props.state.bucketName);
    bucketNames.forEach((name, index) => checkBucketName(checks, `bucketNames[${index}]`, name));
    checkSessionHours(checks, sessionHours).throwIfAny();
  }

  /** Each system has its own way to say who may deploy. */
  private validatePlace(checks: PropChecks, props: CiApplyRoleProps): void {
    const { protectedEnvironment, protectedBranch } = props;
    if (props.provider.system === "github") {
      checks.require(protectedBranch === undefined, "protectedBranch", "must be left out for GitHub", protectedBranch);
      checkEnvironment(checks, "protectedEnvironment", protectedEnvironment);
    } else {
      const rule = "must be left out for GitLab: its tokens tell AWS no environment";
      checks.require(protectedEnvironment === undefined, "protectedEnvironment", rule, protectedEnvironment);
      checkBranch(checks, "protectedBranch", protectedBranch);
    }
  }
}

function subjectOf({ provider, repository, protectedEnvironment, protectedBranch }: CiApplyRoleProps): Subjects {
  return provider.system === "github"
    ? environmentSubject(repository, protectedEnvironment ?? "")
    : branchSubject(repository, protectedBranch ?? "");
}
