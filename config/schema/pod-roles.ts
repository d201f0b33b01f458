import { z } from "zod";
import { dnsLabel, kebabName, STORE_NAMES } from "./primitives";

const stores = () => z.array(z.enum(STORE_NAMES));

const podRoleSchema = z
  .strictObject({
    namespace: dnsLabel().describe("Kubernetes namespace of the service account."),
    serviceAccount: dnsLabel().describe("Kubernetes service account whose pods get the role."),
    read: stores().default([]).describe("Stores the pods may read."),
    readWrite: stores().default([]).describe("Stores the pods may read and write."),
  })
  .describe("An IAM role for pods (EKS Pod Identity); its key is its name.");

export const podRolesSchema = z
  .record(kebabName(), podRoleSchema)
  .default({})
  .describe("Cluster layer: what pods may do in AWS, by role name.");

export { podRoleSchema };
