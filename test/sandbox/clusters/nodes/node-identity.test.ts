import * as fc from "fast-check";
import { nodeIdentity, nodeName } from "../../../../sandbox/clusters/nodes/node-identity";

const SUBNET = { id: "subnet-1", cidr: "10.20.3.0/24" };

test("is the same for the same start of an instance", () => {
  const first = nodeIdentity("seed/1", SUBNET, "eu-central-1", new Set());
  expect(nodeIdentity("seed/1", SUBNET, "eu-central-1", new Set())).toEqual(first);
  expect(first.name).toMatch(/^ip-10-20-3-\d{1,3}\.eu-central-1\.compute\.internal$/);
  expect(first.instanceId).toMatch(/^i-[0-9a-f]{17}$/);
});

test.each([
  ["us-east-1", "ip-10-20-3-17.ec2.internal"],
  ["eu-west-1", "ip-10-20-3-17.eu-west-1.compute.internal"],
])("names are EC2's private names in %s", (region, name) => {
  expect(nodeName("10.20.3.17", region)).toBe(name);
});

test("many instances in one subnet have names, addresses and ids of their own, none that AWS keeps", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 24, max: 27 }),
      fc.string(),
      fc.integer({ min: 1, max: 27 }),
      (length, seed, count) => {
        const subnet = { id: "subnet-1", cidr: `10.20.3.0/${length}` };
        const taken = new Set<string>();
        const ids = new Set<string>();
        for (let launch = 0; launch < Math.min(count, 2 ** (32 - length) - 5); launch++) {
          const { name, address, instanceId } = nodeIdentity(`${seed}/${launch}`, subnet, "us-east-1", taken);
          expect(taken.has(name)).toBe(false);
          const last = Number(address.split(".")[3]);
          expect(last).toBeGreaterThanOrEqual(4);
          expect(last).toBeLessThan(2 ** (32 - length) - 1);
          taken.add(name);
          ids.add(instanceId);
        }
        expect(ids.size).toBe(taken.size);
      },
    ),
    { numRuns: 100 },
  );
});

test("a subnet without a free address is said by name", () => {
  const subnet = { id: "subnet-1", cidr: "10.20.3.0/28" };
  const taken = new Set<string>();
  for (let launch = 0; launch < 11; launch++) taken.add(nodeIdentity(String(launch), subnet, "us-east-1", taken).name);
  expect(() => nodeIdentity("one more", subnet, "us-east-1", taken)).toThrow(
    "Subnet subnet-1 (10.20.3.0/28) has no free address",
  );
});
