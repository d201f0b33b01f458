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
    nat: z
      .enum(["single", "per-zone"])
      .describe(
        "NAT gateways, through which nodes reach EKS and the image registries: single (cheap, one zone's loss cuts all), per-zone (one in each zone).",
      ),
  })
  .describe("Network layer: the VPC and its subnets.");
