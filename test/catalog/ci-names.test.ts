import { CI_ISSUERS, CI_NAMES } from "../../catalog";

describe("names that pipelines are bound to", () => {
  test.each([
    ["githubRepository", "example-org/ml-platform", "example-org@12/ml-platform"],
    ["githubRepository", "example-org@12/ml-platform@34", "example-org/ml-platform@34"],
    ["githubRepository", "o/.github", "-o/name"],
    ["githubEnvironment", "atlas/prod: eu", " prod"],
    ["githubEnvironment", "a".repeat(255), "a".repeat(256)],
    ["issuer", "gitlab.example.com/tools", "https://gitlab.example.com"],
    ["issuer", "a".repeat(247), "a".repeat(248)],
    ["issuer", "gitlab.com", "gitlab.com:8443"],
    ["gitlabProject", "group/sub/project", "group"],
    ["gitlabProject", "_group/project", ".group/project"],
    ["branch", "release/1.x", "release/*"],
    [
      "providerArn",
      "arn:aws:iam::111111111111:oidc-provider/gitlab.com",
      "arn:aws:iam::111111111111:oidc-provider/.gitlab.com",
    ],
  ] as const)("of %s take %j and not %j", (kind, good, bad) => {
    expect([CI_NAMES[kind].test(good), CI_NAMES[kind].test(bad)]).toEqual([true, false]);
  });

  test("never hold a wildcard", () => {
    const wild = Object.values(CI_NAMES).flatMap((pattern) =>
      ["o/n*", "o/n?", "*", "?", "arn:aws:iam::111111111111:oidc-provider/*"].filter((name) => pattern.test(name)),
    );

    expect(wild).toEqual([]);
  });

  test("take the issuers of GitHub and GitLab themselves for hosts", () => {
    expect(Object.values(CI_ISSUERS).filter((host) => !CI_NAMES.issuer.test(host))).toEqual([]);
  });
});
