import { z } from "zod";
import { budgetsSchema } from "./budgets";
import { ciSchema } from "./ci";
import { clusterSchema } from "./cluster";
import { controllersSchema } from "./controllers";
import { dataSchema } from "./data";
import { networkSchema } from "./network";
import { nodePoolsSchema } from "./node-pools";
import { observabilitySchema } from "./observability";
import { podRolesSchema } from "./pod-roles";
import { kebabName, STAGES } from "./primitives";
import { teamsSchema } from "./teams";

/** The whole of an environment after stage defaults are filled in. */
export const environmentSchema = z
  .strictObject({
    project: kebabName()
      .describe("Project, the name of the folder this file is in.")
      .meta({ examples: ["atlas"] }),
    stage: z.enum(STAGES).describe("Stage, the name of this file; it decides the defaults."),
    account: z
      .string()
      .regex(/^\d{12}$/, "must be 12 digits in quotes")
      .describe("AWS account the environment lives in: 12 digits, in quotes.")
      .meta({ examples: ["111111111111"] }),
    region: z
      .string()
      .describe("AWS region.")
      .meta({ examples: ["us-east-1"] }),
    owner: z
      .email("must be an e-mail address")
      .describe("E-mail address of the team that answers for the environment.")
      .meta({ examples: ["ml-platform@example.com"] }),
    expiresOn: z.iso
      .date("must be a date, as in 2026-12-31")
      .optional()
      .describe("Day after which the environment may be destroyed: a tag of every resource. Left out: it stays.")
      .meta({ examples: ["2026-12-31"] }),
    tags: z
      .record(z.string(), z.string())
      .default({})
      .describe("Tags of every AWS resource, beside the standard ones."),
    state: z
      .strictObject({
        bucket: z
          .string()
          .regex(
            /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
            "must be a bucket name: 3 to 63 lower-case letters, digits and hyphens",
          )
          .describe("Bucket of the Terraform states. Default: flightdeck-state-<account>-<region>."),
      })
      .describe("Where Terraform keeps its states."),
    protection: z
      .strictObject({
        deletion: z.boolean().describe("True: stateful resources refuse to be destroyed and stores are not emptied."),
      })
      .describe("What guards against loss."),
    network: networkSchema,
    data: dataSchema,
    cluster: clusterSchema,
    nodePools: nodePoolsSchema,
    podRoles: podRolesSchema,
    teams: teamsSchema,
    controllers: controllersSchema,
    observability: observabilitySchema,
    ci: ciSchema,
    budgets: budgetsSchema,
  })
  .describe("One Flightdeck environment.");
