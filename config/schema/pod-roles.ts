import { z } from "zod";
import { dnsLabel, kebabName, STORE_NAMES } from "./primitives";

const stores = () => z.array(z.enum(STORE_NAMES));

const podRoleSchema = z
  .strictObject({
    namespace: dnsLabel().describe("Kubernetes namespace of the service account."),
    serviceAccount: dnsLabel().describe("Kubernetes service account whose pods get the role."),
    read: stores().default([]).describe("Stores the pods may read."),
    readWrite: stores().default([]).describe("Stores the pods may read and write."),
    database: z
      .boolean()
      .default(false)
      .describe("Whether the pods may log in to PostgreSQL through IAM, as the database user of the role's name."),
    cache: z.boolean().default(false).describe("Whether the pods may read the password of the Redis cache."),
  })
  .describe("An IAM role for pods (EKS Pod Identity); its key is its name.");

export const podRolesSchema = z
  .record(kebabName(), podRoleSchema)
  .default({})
  .describe("Cluster layer: what pods may do in AWS, by role name.");

export { podRoleSchema };
