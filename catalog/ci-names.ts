/**
 * Whole names that a pipeline's token is bound to, as configuration and constructs both check them. They are narrower than what
 * GitHub and GitLab allow: without wildcards of IAM conditions, and without what a subject would write in another way.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 * @see https://docs.gitlab.com/ci/secrets/id_token_authentication/
 */
export const CI_NAMES = {
  /** `owner/name`, or `owner@id/name@id`: repositories with immutable subjects, as GitHub makes them since July 2026. */
  githubRepository: /^([A-Za-z0-9][A-Za-z0-9-]*\/[\w.-]+|[A-Za-z0-9][A-Za-z0-9-]*@\d+\/[\w.-]+@\d+)$/,
  /** Environment of a GitHub repository. */
  githubEnvironment: /^\w[\w .:/-]{0,254}$/,
  /** Host that signs tokens, with the path it is under where it has one; with `https://` at most the 255 characters IAM takes. */
  issuer: /^(?=.{1,247}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?(\/[\w.-]+)*$/,
  /** `group/project`, with groups between where there are some. */
  gitlabProject: /^[A-Za-z0-9_][\w.-]*(\/[A-Za-z0-9_][\w.-]*)+$/,
  /** Branch of a repository. */
  branch: /^[\w./-]{1,255}$/,
  /** ARN of an OpenID Connect provider in IAM; its one group is the issuer. */
  providerArn: /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/([a-z0-9][\w./-]*)$/,
} as const;

/** Host that GitHub Actions and GitLab sign tokens as: the issuer, unless a server of one's own does. */
export const CI_ISSUERS = { github: "token.actions.githubusercontent.com", gitlab: "gitlab.com" } as const;
