import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { fail, pass } from "../../engine/verdict";

const gateways = (...zones: readonly string[]): Example => ({
  terraform: {
    resource: {
      aws_nat_gateway: Object.fromEntries(
        zones.map((zone) => [
          zone,
          { allocation_id: `\${aws_eip.${zone}.id}`, subnet_id: `\${aws_subnet.${zone}.id}` },
        ]),
      ),
    },
  },
  stage: "dev",
});

/** Counted over the environment, not by network. */
export const costOneNatInDev = environmentRule({
  id: "FD-COST-004",
  slug: "cost-one-nat-in-dev",
  title: "In development, one NAT gateway is enough",
  severity: "low",
  packs: ["cost"],
  why: "Each NAT gateway is paid for by the hour, used or not; a second one keeps up during the outage of a zone, which development can sit out.",
  fix: "Route all private subnets through one gateway in the development stage.",
  judge: ({ environment, graph }) => {
    if (environment.stage !== "dev") return [];
    const gateways = graph.resourcesOf("aws_nat_gateway");
    return gateways.map((subject, index) => ({
      subject,
      verdict:
        index === 0 ? pass() : fail(`development must have one NAT gateway, got ${gateways.length}: this is one more`),
    }));
  },
  examples: { failing: gateways("a", "b"), passing: gateways("a") },
});
