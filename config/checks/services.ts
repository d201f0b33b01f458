import {
  cacheNodeTypes,
  instanceClassProblem,
  nearestName,
  postgresVersions,
  publicRegistries,
  redisVersions,
  tryFindCacheNodeType,
  tryFindPostgresVersion,
  tryFindPublicRegistry,
  tryFindRedisVersion,
} from "../../catalog";
import type { EnvironmentDraft, Finding } from "../draft";
import { didYouMean, duplicates } from "../wording";

/** Versions and sizes of database and cache, and the registries that images come from. */
export function* checkServices(draft: EnvironmentDraft): Generator<Finding> {
  yield* checkDatabase(draft);
  yield* checkCache(draft);
  yield* checkRegistries(draft);
}

function* checkDatabase({ data }: EnvironmentDraft): Generator<Finding> {
  const { engineVersion, instanceClass } = data?.database ?? {};
  const path = ["data", "database"];
  if (engineVersion !== undefined && tryFindPostgresVersion(engineVersion) === undefined) {
    const allowed = postgresVersions().map(({ major, latest }) => `${major} or up to ${latest}`);
    const rule = "must be a version of PostgreSQL that the catalogue knows";
    yield { path: [...path, "engineVersion"], rule, got: engineVersion, allowed: allowed.join(", ") };
  }
  const problem = instanceClass === undefined ? undefined : instanceClassProblem(instanceClass);
  if (problem !== undefined) yield { path: [...path, "instanceClass"], rule: problem, got: instanceClass };
}

function* checkCache({ data }: EnvironmentDraft): Generator<Finding> {
  const { engine, engineVersion, nodeType } = data?.cache ?? {};
  const path = ["data", "cache"];
  if (engine !== undefined && engineVersion !== undefined && !tryFindRedisVersion(engine, engineVersion)) {
    const allowed = redisVersions(engine).map(({ version }) => version);
    const rule = `must be a version of ${engine} that the catalogue knows`;
    yield { path: [...path, "engineVersion"], rule, got: engineVersion, allowed: allowed.join(", ") };
  }
  if (nodeType !== undefined && tryFindCacheNodeType(nodeType) === undefined) {
    const nearest = nearestName(
      nodeType,
      cacheNodeTypes().map(({ name }) => name),
    );
    const rule = `must be a node type that the catalogue knows${didYouMean(nearest)}`;
    yield { path: [...path, "nodeType"], rule, got: nodeType, allowed: "for example cache.t4g.small, cache.r7g.large" };
  }
}

/** Registries that ask for an account need a secret, which a file of settings does not hold. */
function* checkRegistries({ data }: EnvironmentDraft): Generator<Finding> {
  const names = data?.images?.pullThrough ?? [];
  const path = (index: number) => ["data", "images", "pullThrough", index];
  const open = publicRegistries()
    .filter(({ needsCredentials }) => !needsCredentials)
    .map(({ name }) => name);
  for (const { value, index } of duplicates(names)) {
    yield { path: path(index), rule: "must not name a registry twice", got: value };
  }
  for (const [index, name] of names.entries()) {
    if (name === undefined || open.includes(name)) continue;
    const rule = tryFindPublicRegistry(name)
      ? "must be a registry that asks for no account"
      : `must be a registry that the catalogue knows${didYouMean(nearestName(name, open))}`;
    yield { path: path(index), rule, got: name, allowed: open.join(", ") };
  }
}
