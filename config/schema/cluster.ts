import { z } from "zod";
import { dnsLabel, ipv4Range, roleArn, STORE_NAMES } from "./primitives";

/** Namespaces of Kubernetes itself hold what the whole cluster rests on. */
const namespace = () => dnsLabel().refine((name) => !name.startsWith("kube-"), "must not be one of Kubernetes itself");

const stores = () => z.array(z.enum(STORE_NAMES));

export const clusterSchema = z
  .strictObject({
    version: z
      .string()
      .describe(
        "Kubernetes minor version of the EKS control plane, in quotes. One that EKS supports, standard or extended.",
      )
      .meta({ examples: ["1.36"] }),
    endpoint: z
      .strictObject({
        public: z.boolean().default(false).describe("Whether the API server can be reached from outside the VPC."),
        allowedCidrs: z
          .array(ipv4Range().describe("Public address range that may reach the API server."))
          .max(40, "must be at most 40 ranges, the limit of EKS")
          .default([])
          .describe("Address ranges that may reach a public API server. Required when `public` is true."),
      })
      .prefault({})
      .describe("Who reaches the API server. The private endpoint is always on."),
    logRetentionDays: z
      .int()
      .positive()
      .describe("Days CloudWatch keeps the control plane's logs; one of the periods it offers."),
    admins: z
      .array(roleArn().describe("IAM role of the environment's own account."))
      .min(1, "must name at least one role, or nobody could administer the cluster")
      .describe("Roles with full rights in the cluster."),
    viewers: z
      .array(roleArn().describe("IAM role of the environment's own account."))
      .default([])
      .describe("Roles that may look at everything but secrets."),
    deployers: z
      .array(roleArn().describe("IAM role of the environment's own account."))
      .default([])
      .describe("Roles of pipelines that install what runs in the cluster; rights like `admins`, listed apart."),
    editors: z
      .array(
        z.strictObject({
          role: roleArn().describe("IAM role of the environment's own account."),
          namespaces: z
            .array(namespace().describe("Kubernetes namespace."))
            .min(1, "must name at least one namespace")
            .describe("Namespaces the role may change things in."),
        }),
      )
      .default([])
      .describe("Roles that may change what runs in some namespaces, and nothing else."),
    s3Mounts: z
      .strictObject({
        read: stores().default([]).describe("Stores pods may mount to read."),
        readWrite: stores().default([]).describe("Stores pods may mount to read and write."),
      })
      .prefault({})
      .describe("Object stores that pods may mount as volumes (Mountpoint for Amazon S3)."),
    karpenter: z
      .boolean()
      .default(false)
      .describe("Whether Karpenter starts nodes: its roles, interruption queue, discovery tags, and itself."),
  })
  .describe("Cluster layer: the EKS control plane.");
