import { environment, synthesizedStack } from "../support/platform";

test("the network is the configured range over the configured zones", () => {
  const out = synthesizedStack(environment("atlas/dev"), "network");
  expect(out.resource("aws_vpc")).toMatchObject({ cidr_block: "10.20.0.0/18" });
  const zones = Object.values(out.resources("aws_subnet")).map((subnet) => subnet["availability_zone"]);
  expect([...new Set(zones)].sort()).toEqual(["us-east-1a", "us-east-1b"]);
});

test.each([
  ["atlas/dev", 1],
  ["atlas/prod", 3],
])("%s has as many NAT gateways as its config says: %i", (id, count) => {
  expect(synthesizedStack(environment(id), "network").counts()).toMatchObject({ aws_nat_gateway: count });
});
