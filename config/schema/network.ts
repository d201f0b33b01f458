import { z } from "zod";
import { ipv4Range } from "./primitives";

export const networkSchema = z
  .strictObject({
    cidr: ipv4Range().describe(
      "Address range of the VPC, /16 to /22, private (RFC 1918 or 100.64.0.0/10), not shared with any other environment. Each zone gets a private subnet of a quarter of it and a public one of a sixteenth: in a /22 a private /24 and a public /26.",
    ),
    zones: z
      .array(z.string().describe("Availability zone of the region, by name."))
      .min(2, "must name 2 or 3 zones")
      .max(3, "must name 2 or 3 zones")
      .describe("Availability zones to span: 2, or 3 where a zone's loss must not be felt.")
      .meta({ examples: [["us-east-1a", "us-east-1b"]] }),
    podCidr: ipv4Range()
      .optional()
      .describe(
        "Second range of the VPC, for pods only, /16 to /20, so that most pods take no addresses of nodes. May be the same in many environments where nothing routes to pods from outside. Left out: pods take addresses of the private subnets.",
      ),
    nat: z
      .enum(["none", "single", "per-zone"])
      .describe(
        "NAT gateways, through which nodes reach the internet: none (AWS only, through interface endpoints), single (cheap, one zone's loss cuts all), per-zone (one in each zone).",
      ),
    interfaceEndpoints: z
      .array(z.string().describe("AWS service, as in ecr.api; the catalogue must know it."))
      .optional()
      .describe(
        "AWS services reached inside the VPC, each at a price per zone and hour. Left out: none with NAT, and what private EKS nodes need without.",
      ),
    flowLogs: z
      .strictObject({
        enabled: z.boolean().describe("Whether the VPC records its connections."),
        traffic: z.enum(["all", "reject"]).describe("All connections, or only those that were refused."),
        retentionDays: z.int().positive().describe("Days CloudWatch keeps them; one of the periods it offers."),
      })
      .describe("Records of connections in the VPC, in an encrypted log group."),
  })
  .describe("Network layer: the VPC and its subnets.");
