import { must } from "../../engine/expect";
import { mustHaveLinked } from "../../engine/link";
import { resourceRule } from "../../engine/rule";
import { allOf } from "../../engine/verdict";

const example = (endpoint: object | undefined) => ({
  terraform: {
    resource: {
      aws_vpc: { vpc: { cidr_block: "10.24.0.0/16" } },
      ...(endpoint && {
        aws_vpc_endpoint: { s3: { vpc_id: "${aws_vpc.vpc.id}", ...endpoint } },
      }),
    },
  },
});

/** A gateway costs nothing; an endpoint of type Interface costs by the hour and by the gigabyte, and does not count. */
export const networkS3Endpoint = resourceRule({
  id: "FD-NET-017",
  slug: "network-s3-endpoint",
  title: "A VPC reaches S3 through a gateway endpoint",
  severity: "low",
  packs: ["mlops", "cost"],
  why: "Datasets, models and image layers otherwise go through NAT gateways, which cost by the gigabyte, and over public addresses.",
  fix: "Define `aws_vpc_endpoint` of type Gateway for `com.amazonaws.<region>.s3` with the route tables of the VPC.",
  types: ["aws_vpc"],
  judge: (vpc, context) =>
    mustHaveLinked(context, vpc, { type: "aws_vpc_endpoint", argument: "vpc_id" }, (endpoint) =>
      allOf(
        must(endpoint.at("vpc_endpoint_type"), (type) => (type ?? "Gateway") === "Gateway", "must be Gateway for S3"),
        endpoint.at("service_name").text?.endsWith(".s3") === true
          ? []
          : must(endpoint.at("service_name"), () => false, "must be that of S3 at one of its endpoints"),
      ),
    ),
  examples: {
    failing: example(undefined),
    passing: example({ service_name: "com.amazonaws.us-east-1.s3" }),
    unknown: example({ service_name: "${var.service}" }),
  },
});
