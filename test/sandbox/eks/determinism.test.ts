import fc from "fast-check";

import { EksService } from "../../../sandbox/eks";
import { ACCOUNT, CLUSTER, EksHarness, NODEGROUP } from "./support/eks-harness";
import { fakeCatalog } from "./support/fake-catalog";

interface Step {
  readonly wait: number;
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

const name = fc.constantFrom("a", "b");
const at = (cluster: string, rest: string): string => `/clusters/${cluster}/${rest}`;
const principalArn = `arn:aws:iam::${ACCOUNT}:role/Admin`;
const entry = `access-entries/${encodeURIComponent(principalArn)}`;
const roleArn = `arn:aws:iam::${ACCOUNT}:role/pod`;

const request = fc.oneof(
  { weight: 3, arbitrary: name.map((cluster) => ["POST", "/clusters", { ...CLUSTER, name: cluster }] as const) },
  name.map((cluster) => ["DELETE", `/clusters/${cluster}`, undefined] as const),
  fc
    .tuple(name, fc.constantFrom("1.34", "1.35", "1.36"))
    .map(([cluster, version]) => ["POST", at(cluster, "updates"), { version }] as const),
  name.map((cluster) => ["POST", at(cluster, "update-config"), { deletionProtection: false }] as const),
  fc
    .tuple(name, name)
    .map(([cluster, nodegroupName]) => ["POST", at(cluster, "node-groups"), { ...NODEGROUP, nodegroupName }] as const),
  fc
    .tuple(name, name, fc.integer({ min: 0, max: 4 }))
    .map(
      ([cluster, group, desiredSize]) =>
        [
          "POST",
          at(cluster, `node-groups/${group}/update-config`),
          { scalingConfig: { minSize: 0, desiredSize } },
        ] as const,
    ),
  fc
    .tuple(name, name)
    .map(([cluster, group]) => ["POST", at(cluster, `node-groups/${group}/update-version`), {}] as const),
  fc.tuple(name, name).map(([cluster, group]) => ["DELETE", at(cluster, `node-groups/${group}`), undefined] as const),
  name.map((cluster) => ["POST", at(cluster, "addons"), { addonName: "coredns" }] as const),
  name.map((cluster) => ["POST", at(cluster, "addons/coredns/update"), { configurationValues: "{}" }] as const),
  name.map((cluster) => ["DELETE", at(cluster, "addons/coredns"), undefined] as const),
  name.map((cluster) => ["POST", at(cluster, "access-entries"), { principalArn }] as const),
  name.map((cluster) => ["POST", at(cluster, entry), { kubernetesGroups: ["g"] }] as const),
  name.map((cluster) => ["DELETE", at(cluster, entry), undefined] as const),
  fc
    .tuple(name, name)
    .map(
      ([cluster, serviceAccount]) =>
        ["POST", at(cluster, "pod-identity-associations"), { namespace: "n", serviceAccount, roleArn }] as const,
    ),
  name.map(
    (cluster) => ["POST", `/tags/arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/${cluster}`, { tags: { k: "v" } }] as const,
  ),
);

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc
    .tuple(fc.constantFrom(0, 1, 300, 700, 1500), request)
    .map(([wait, [method, path, body]]) => ({ wait, method, path, body })),
  { minLength: 1, maxLength: 30 },
);

/** Every read there is, as bytes. */
async function readEverything(eks: EksHarness, service: EksService): Promise<string> {
  const { journal, aws, now } = eks;
  const reader = Object.assign(new EksHarness(), { service, journal, aws, now });
  const bodies: unknown[] = [service.snapshot(now), (await reader.call("GET", "/clusters")).body];
  for (const cluster of ["a", "b"]) {
    for (const rest of [
      "",
      "/updates",
      "/node-groups",
      "/node-groups/a",
      "/node-groups/b",
      "/updates?nodegroupName=a",
      "/addons/coredns",
      "/access-entries",
      `/${entry}`,
      "/pod-identity-associations",
    ]) {
      bodies.push((await reader.call("GET", `/clusters/${cluster}${rest}`)).body);
    }
  }
  return JSON.stringify(bodies);
}

async function play(sequence: readonly Step[]): Promise<EksHarness> {
  const eks = new EksHarness();
  for (const { wait, method, path, body } of sequence) {
    await eks.wait(wait).call(method, path, body);
    // Reads in between must leave no trace.
    await eks.call("GET", "/clusters");
  }
  return eks;
}

test("replaying the journal gives the same answers and the same state, byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const eks = await play(sequence);
      const live = await readEverything(eks, eks.service);
      for (const service of [new EksService(fakeCatalog), eks.service]) {
        service.reset();
        for (const { request: journaled, seq, now, effects, response } of eks.journal) {
          expect(JSON.stringify(service.apply(journaled, { seq, now, effects }))).toBe(JSON.stringify(response));
        }
        expect(await readEverything(eks, service)).toBe(live);
      }
    }),
    { numRuns: 25, seed: 20260601 },
  );
});

test("leaving out the calls that were refused gives the same state", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const eks = await play(sequence);
      const service = new EksService(fakeCatalog);
      for (const { request: journaled, seq, now, effects, response } of eks.journal) {
        if (response.status < 400) service.apply(journaled, { seq, now, effects });
      }
      expect(await readEverything(eks, service)).toBe(await readEverything(eks, eks.service));
    }),
    { numRuns: 25, seed: 20260602 },
  );
});

test("no two resources share an id", async () => {
  const eks = await play(fc.sample(steps, { numRuns: 20, seed: 7 }).flat());
  const ids = eks.journal
    .filter(({ response }) => response.status === 200)
    .flatMap(({ request: made, response }) => {
      const created = made.method === "POST" && /(node-groups|addons|access-entries|associations)$/.test(made.path);
      return created
        ? (JSON.stringify(response.body).match(/[0-9a-f]{8}-[0-9a-f]{4}-4[^"]+|a-[0-9a-z]{17}/g) ?? [])
        : [];
    });
  const uuids = new Set(ids);
  expect(ids.length).toBeGreaterThan(5);
  expect(uuids.size).toBeGreaterThan(ids.length / 3);
});
