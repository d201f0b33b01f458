import { CI_NAMES } from "../../../catalog";
import { policyDocument } from "../../core/policy-document";
import type { PropChecks } from "../../core/prop-checks";
import type { CiSystem, ICiProvider } from "../ci-provider";

/** Subjects of tokens that may take a role. */
export interface Subjects {
  /** Whether the subjects hold wildcards. */
  readonly pattern: boolean;
  readonly subjects: readonly string[];
}

/**
 * What a job of a pull request, or of one of the branches, calls itself. A merge request of GitLab goes by the name of its
 * branch, which can be any, so there the branch is left open and the project alone is fixed.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 * @see https://docs.gitlab.com/ci/secrets/id_token_authentication/
 */
export function reviewSubjects(system: CiSystem, repository: string, branches: readonly string[]): Subjects {
  if (system === "gitlab") return { pattern: true, subjects: [`project_path:${repository}:ref_type:branch:ref:*`] };
  const ofBranches = branches.map((branch) => `repo:${repository}:ref:refs/heads/${branch}`);
  return { pattern: false, subjects: [`repo:${repository}:pull_request`, ...ofBranches] };
}

/** What a job of a GitHub environment calls itself; colons in the name are escaped there. */
export function environmentSubject(repository: string, environment: string): Subjects {
  return { pattern: false, subjects: [`repo:${repository}:environment:${environment.replaceAll(":", "%3A")}`] };
}

/** What a job of a GitLab branch calls itself. */
export function branchSubject(repository: string, branch: string): Subjects {
  return { pattern: false, subjects: [`project_path:${repository}:ref_type:branch:ref:${branch}`] };
}

/** The trust of a role in the tokens of a provider that are made for its audience and bear one of the subjects. */
export function trustDocument({ providerArn, issuer, audience }: ICiProvider, { pattern, subjects }: Subjects): string {
  const [first, ...others] = subjects;
  const subject = { [`${issuer}:sub`]: first !== undefined && others.length === 0 ? first : subjects };
  const fixed = { [`${issuer}:aud`]: audience };
  return policyDocument([
    {
      sid: "JobsOfOneRepository",
      principals: { Federated: [providerArn] },
      actions: ["sts:AssumeRoleWithWebIdentity"],
      resources: [],
      conditions: pattern ? { StringEquals: fixed, StringLike: subject } : { StringEquals: { ...fixed, ...subject } },
    },
  ]);
}

/** Adds the rule for the repository of a system. */
export function checkRepository(checks: PropChecks, system: CiSystem, repository: string): PropChecks {
  const github = "must be owner/name, or owner@id/name@id for immutable subjects, without wildcards";
  const rule = system === "github" ? github : "must be group/project, without wildcards";
  const pattern = system === "github" ? CI_NAMES.githubRepository : CI_NAMES.gitlabProject;
  return checks.require(pattern.test(repository), "repository", rule, repository);
}

/** Adds the rule for the name of a branch. */
export function checkBranch(checks: PropChecks, prop: string, branch: string | undefined): PropChecks {
  const rule = "must be the name of a branch: 1 to 255 letters, digits and . _ / -, without wildcards";
  return checks.require(CI_NAMES.branch.test(branch ?? ""), prop, rule, branch);
}

/** Adds the rule for the name of an environment. */
export function checkEnvironment(checks: PropChecks, prop: string, environment: string | undefined): PropChecks {
  const rule =
    "must be the name of an environment: 1 to 255 letters, digits, spaces and . _ : / -, starting with a letter or digit";
  return checks.require(CI_NAMES.githubEnvironment.test(environment ?? ""), prop, rule, environment);
}
