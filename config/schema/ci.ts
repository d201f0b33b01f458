import { z } from "zod";
import { CI_ISSUERS, CI_NAMES } from "../../catalog";
import { oidcProviderArn } from "./primitives";

const provider = () =>
  oidcProviderArn()
    .optional()
    .describe("Provider that the account has already: it can have one for each issuer. Left out: it is made here.");

const githubSchema = z.strictObject({
  repository: z
    .string()
    .regex(CI_NAMES.githubRepository, "must be owner/name, or owner@id/name@id, without wildcards")
    .describe(
      "Repository whose workflows may plan and apply. Where GitHub's tokens carry ids, as they do for repositories made after July 2026, with these: owner@id/name@id.",
    )
    .meta({ examples: ["example-org/ml-platform"] }),
  environment: z
    .string()
    .regex(
      CI_NAMES.githubEnvironment,
      "must be the name of an environment: 1 to 255 letters, digits, spaces and . _ : / -, starting with a letter or digit",
    )
    .describe("Protected environment of the repository that applying is bound to."),
  providerArn: provider(),
});

const gitlabSchema = z.strictObject({
  host: z
    .string()
    .regex(CI_NAMES.issuer, "must be a host in lower case, without https://, port or slash at the end")
    .default(CI_ISSUERS.gitlab)
    .describe("Host of GitLab, with the path it is under where it has one."),
  project: z
    .string()
    .regex(CI_NAMES.gitlabProject, "must be group/project, without wildcards")
    .describe("Project whose pipelines may plan and apply.")
    .meta({ examples: ["example-group/ml-platform"] }),
  branch: z
    .string()
    .regex(CI_NAMES.branch, "must be the name of a branch, without wildcards")
    .default("main")
    .describe("Protected branch that applying is bound to."),
  providerArn: provider(),
});

export const ciSchema = z
  .strictObject({
    github: githubSchema.optional().describe("GitHub Actions. Left out: no roles for it."),
    gitlab: gitlabSchema.optional().describe("GitLab CI. Left out: no roles for it."),
  })
  .prefault({})
  .describe(
    "Roles for pipelines: one that only plans, for pull requests, and one that applies, for a protected environment.",
  );
