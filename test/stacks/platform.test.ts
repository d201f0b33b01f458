import { environment, allEnvironments, readStack, synthesizePlatforms } from "../support/platform";

const once = synthesizePlatforms(allEnvironments());

test("the same config gives the same bytes, alone and beside other environments", () => {
  const alone = synthesizePlatforms([environment("atlas/prod")]);
  expect(Object.keys(alone.texts)).toEqual([
    "atlas-prod-cluster",
    "atlas-prod-controllers",
    "atlas-prod-data",
    "atlas-prod-network",
    "atlas-prod-observability",
  ]);
  for (const [id, text] of Object.entries(alone.texts)) expect(text).toBe(once.texts[id]);
});

describe.each(allEnvironments().map(({ project, stage }) => `${project}-${stage}`))("%s", (name) => {
  test("has the data layer on the network, the cluster on both, and controllers on the cluster", () => {
    expect(once.dependencies[`${name}-network`]).toEqual([]);
    expect(once.dependencies[`${name}-data`]).toEqual([`${name}-network`]);
    expect([...once.dependencies[`${name}-cluster`]!].sort()).toEqual([`${name}-data`, `${name}-network`]);
    expect([...once.dependencies[`${name}-controllers`]!].sort()).toEqual([`${name}-cluster`, `${name}-network`]);
  });
});

test("the layers keep their order where nothing is handed on: all roles carry a boundary of the first", () => {
  const config = environment("atlas/staging");
  const { database, cache } = config.data;
  const data = { ...config.data, database: { ...database, enabled: false }, cache: { ...cache, enabled: false } };
  const { dependencies } = synthesizePlatforms([{ ...config, data, podRoles: {} }]);
  expect(dependencies["atlas-staging-data"]).toEqual(["atlas-staging-network"]);
});

test("an environment without the controllers layer has none of it, nor roles for it", () => {
  const config = environment("atlas/dev");
  const { texts } = synthesizePlatforms([{ ...config, controllers: { ...config.controllers, enabled: false } }]);
  expect(Object.keys(texts)).toEqual(["atlas-dev-cluster", "atlas-dev-data", "atlas-dev-network"]);
  const roles = Object.keys(readStack(texts["atlas-dev-cluster"]!).resources("aws_iam_role"));
  expect(roles.filter((path) => /^(LoadBalancers|ExternalSecrets)/.test(path))).toEqual([]);
});

test("no stack depends on itself, however far round", () => {
  const reach = (id: string, seen: Set<string>): Set<string> => {
    for (const next of once.dependencies[id] ?? []) {
      if (!seen.has(next)) reach(next, seen.add(next));
    }
    return seen;
  };
  const cycles = Object.keys(once.dependencies).filter((id) => reach(id, new Set()).has(id));
  expect(cycles).toEqual([]);
});

test("no environment reads a state of another", () => {
  for (const [id, text] of Object.entries(once.texts)) {
    const [project, stage] = id.split("-");
    const { data = {} } = JSON.parse(text) as {
      data?: { terraform_remote_state?: Record<string, { config: { key: string } }> };
    };
    const keys = Object.values(data.terraform_remote_state ?? {}).map(({ config }) => config.key);
    expect(keys.filter((key) => !key.startsWith(`${project}/${stage}/`))).toEqual([]);
  }
});

test("nothing is looked up while planning but the states of lower layers", () => {
  const lookups = Object.values(once.texts).flatMap((text) =>
    Object.keys((JSON.parse(text) as { data?: object }).data ?? {}),
  );
  expect([...new Set(lookups)]).toEqual(["terraform_remote_state"]);
});
