import { refusal, withChange } from "../environment-fixture";

const withCi = (ci: string) => withChange("", `ci: ${ci}\n`);
const REPOSITORY = "must be owner/name, or owner@id/name@id, without wildcards";
const ENVIRONMENT =
  "must be the name of an environment: 1 to 255 letters, digits, spaces and . _ : / -, starting with a letter or digit";
const HOST = "must be a host in lower case, without https://, port or slash at the end";
const PROJECT = "must be group/project, without wildcards";
const PROVIDER = "must be the ARN of an IAM OpenID Connect provider";
const EXAMPLE = '; allowed: for example "example-org/ml-platform"';

describe("what pipelines are bound to", () => {
  const github = (repository: string, environment = "prod") =>
    withCi(`{github: {repository: "${repository}", environment: "${environment}"}}`);
  const gitlab = (project: string, more = "") => withCi(`{gitlab: {project: "${project}"${more}}}`);

  test.each([
    ["an id of the owner alone", github("o@1/n"), `github.repository: ${REPOSITORY}, got "o@1/n"${EXAMPLE}`],
    ["an id of the name alone", github("o/n@1"), `github.repository: ${REPOSITORY}, got "o/n@1"${EXAMPLE}`],
    ["an owner that begins with a hyphen", github("-o/n"), `github.repository: ${REPOSITORY}, got "-o/n"${EXAMPLE}`],
    ["an environment that begins with a space", github("o/n", " p"), `github.environment: ${ENVIRONMENT}, got " p"`],
    ["an environment with a wildcard", github("o/n", "p*"), `github.environment: ${ENVIRONMENT}, got "p*"`],
    [
      "a group that begins with a point",
      gitlab(".g/p"),
      `gitlab.project: ${PROJECT}, got ".g/p"; allowed: for example "example-group/ml-platform"`,
    ],
    [
      "an address for a host",
      gitlab("g/p", ", host: https://a.example"),
      `gitlab.host: ${HOST}, got "https://a.example"`,
    ],
    ["a port behind a host", gitlab("g/p", ", host: a.example:8443"), `gitlab.host: ${HOST}, got "a.example:8443"`],
    ["a host in capitals", gitlab("g/p", ", host: Git.example"), `gitlab.host: ${HOST}, got "Git.example"`],
    [
      "a provider of no host",
      gitlab("g/p", ", providerArn: arn:aws:iam::111111111111:oidc-provider/.a"),
      `gitlab.providerArn: ${PROVIDER}, got "arn:aws:iam::111111111111:oidc-provider/.a"`,
    ],
  ])("is refused with %s", (_what, text, message) => {
    expect(refusal(text)).toBe(`dev.yaml:17 ci.${message}`);
  });

  test.each([
    ["ids of owner and name", github("o@1/n@2")],
    ["an environment with a colon and a slash", github("o/n", "atlas/prod: eu")],
    ["a host under a path", gitlab("g/sub/p", ", host: tools.example/gitlab")],
  ])("can have %s", (_what, text) => {
    expect(refusal(text)).toBe("");
  });
});
