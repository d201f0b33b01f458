import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";

const endpoint = (subnets: unknown): Example => ({
  terraform: {
    resource: {
      aws_vpc_endpoint: {
        sts: { service_name: "com.amazonaws.us-east-1.sts", vpc_endpoint_type: "Interface", subnet_ids: subnets },
      },
    },
  },
  stage: "dev",
});

/** Gateway endpoints cost nothing and are not looked at. */
export const costEndpointsInDev = resourceRule({
  id: "FD-COST-011",
  slug: "cost-endpoints-in-dev",
  title: "In development, interface endpoints stand in one zone",
  severity: "low",
  packs: ["strict"],
  why: "An interface endpoint is paid for by the hour in each of its zones, and nodes of the other zones can use the one there is.",
  fix: "Give `subnet_ids` one subnet in the development stage.",
  types: ["aws_vpc_endpoint"],
  judge: (endpoint, { environment }) => {
    if (environment.stage !== "dev" || endpoint.at("vpc_endpoint_type").literal !== "Interface") return notApplicable();
    const subnets = endpoint.at("subnet_ids");
    const about = { attribute: subnets.path };
    if (subnets.unknown)
      return unknown(`\`${subnets.path}\` must hold one subnet in development, and is not known`, about);
    const count = subnets.items.length;
    return count <= 1 ? pass() : fail(`\`${subnets.path}\` must hold one subnet in development, got ${count}`, about);
  },
  examples: {
    failing: endpoint(["${aws_subnet.a.id}", "${aws_subnet.b.id}"]),
    passing: endpoint(["${aws_subnet.a.id}"]),
    unknown: endpoint("${var.subnets}"),
  },
});
