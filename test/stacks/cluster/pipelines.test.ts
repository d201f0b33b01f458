import type { EnvironmentConfig } from "../../../config";
import { environment, synthesizedStack } from "../../support/platform";

const staging = environment("atlas/staging");
const withCi = (ci: EnvironmentConfig["ci"]) => synthesizedStack({ ...staging, ci }, "cluster");
const trustOf = (out: ReturnType<typeof withCi>, path: string) =>
  JSON.stringify(out.policy("aws_iam_role", path, "assume_role_policy"));

test("GitHub plans from pull requests and applies from the environment of the config", () => {
  const out = synthesizedStack(staging, "cluster");
  expect(trustOf(out, "GithubPlan/Resource")).toContain("repo:example-org/ml-platform:pull_request");
  expect(trustOf(out, "GithubApply/Resource")).toContain("repo:example-org/ml-platform:environment:atlas-staging");
});

test("an account's own provider is used where the config names it", () => {
  const providerArn = "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com";
  const out = withCi({ github: { repository: "example-org/a", environment: "prod", providerArn } });
  expect(out.counts()).not.toHaveProperty("aws_iam_openid_connect_provider");
  expect(trustOf(out, "GithubApply/Resource")).toContain(providerArn);
});

test("GitLab applies from the branch of the config", () => {
  const out = withCi({ gitlab: { host: "gitlab.example.com", project: "group/platform", branch: "main" } });
  expect(out.resource("aws_iam_openid_connect_provider")).toMatchObject({ url: "https://gitlab.example.com" });
  expect(trustOf(out, "GitlabApply/Resource")).toContain("project_path:group/platform:ref_type:branch:ref:main");
});
