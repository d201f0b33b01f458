import { z } from "zod";
import { oidcProviderArn } from "./primitives";

const provider = () =>
  oidcProviderArn()
    .optional()
    .describe("Provider that the account has already: it can have one for each issuer. Left out: it is made here.");

const githubSchema = z.strictObject({
  repository: z
    .string()
    .regex(/^[A-Za-z0-9-]+(@\d+)?\/[\w.-]+(@\d+)?$/, "must be owner/name, or owner@id/name@id, without wildcards")
    .describe(
      "Repository whose workflows may plan and apply. Where GitHub's tokens carry ids, as they do for repositories made after July 2026, with these: owner@id/name@id.",
    )
    .meta({ examples: ["example-org/ml-platform"] }),
  environment: z
    .string()
    .regex(/^[\w .-]{1,255}$/, "must be the name of an environment, without wildcards")
    .describe("Protected environment of the repository that applying is bound to."),
  providerArn: provider(),
});

const gitlabSchema = z.strictObject({
  host: z.string().default("gitlab.com").describe("Host of GitLab."),
  project: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)+$/, "must be group/project, without wildcards")
    .describe("Project whose pipelines may plan and apply.")
    .meta({ examples: ["example-group/ml-platform"] }),
  branch: z
    .string()
    .regex(/^[\w./-]{1,255}$/, "must be the name of a branch, without wildcards")
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
