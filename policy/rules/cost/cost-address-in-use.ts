import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, pass } from "../../engine/verdict";

const address = (others: object): TerraformJson => ({
  resource: { aws_eip: { nat: { domain: "vpc" } }, ...others },
});

/** In use is an address that something refers to, or that an output hands on. */
export const costAddressInUse = resourceRule({
  id: "FD-COST-010",
  slug: "cost-address-in-use",
  title: "Every public address that is kept is used",
  severity: "low",
  packs: ["cost"],
  why: "An elastic IP address costs the same by the hour whether anything answers on it or not.",
  fix: "Remove the address, or attach it to the gateway or load balancer it is meant for.",
  types: ["aws_eip"],
  judge: (address, { graph }) => {
    const attached = ["instance", "network_interface"].some((argument) => !address.at(argument).absent);
    if (attached || graph.referrers(address).length > 0) return pass();
    const handedOn = graph.stacks.some(({ outputs }) =>
      Object.values(outputs).some((output) => graph.targets(output).includes(address)),
    );
    return handedOn ? pass() : fail("the address must be used, and nothing refers to it");
  },
  examples: {
    failing: { terraform: address({}) },
    passing: {
      terraform: address({
        aws_nat_gateway: { a: { allocation_id: "${aws_eip.nat.allocation_id}", subnet_id: "${aws_subnet.a.id}" } },
      }),
    },
  },
});
