import { CI_ISSUERS, findRegion } from "../catalog";
import type { ConfigProblem } from "./config-error";
import { parseIpv4Range, rangesOverlap } from "./ipv4-range";
import { problemOf, type LoadedEnvironment } from "./load-file";
import { stateKey, storeBucketName } from "./names";

/**
 * What no two environments may share: addresses, Terraform states, bucket names, which are global to AWS, and in one account the
 * beginning of names and the issuers of pipelines' tokens.
 */
export function checkAcross(environments: readonly LoadedEnvironment[]): ConfigProblem[] {
  return [
    ...checkRanges(environments),
    ...checkStates(environments),
    ...checkBuckets(environments),
    ...checkPrefixes(environments),
    ...checkIssuers(environments),
  ];
}

function* checkRanges(environments: readonly LoadedEnvironment[]): Generator<ConfigProblem> {
  const ranges = environments.map(({ config }) => parseIpv4Range(config.network.cidr));
  for (const [index, later] of environments.entries()) {
    for (const [position, earlier] of environments.slice(0, index).entries()) {
      const [a, b] = [ranges[position], ranges[index]];
      if (a === undefined || b === undefined || !rangesOverlap(a, b)) continue;
      const path = ["network", "cidr"];
      const other = placeOf(earlier, path);
      const rule = `must not overlap ${earlier.config.network.cidr} of ${earlier.file.id} (${other})`;
      yield problemOf({ path, rule, got: later.config.network.cidr }, later.file.file, later.source);
    }
  }
}

function* checkStates(environments: readonly LoadedEnvironment[]): Generator<ConfigProblem> {
  const path = ["state", "bucket"];
  const holders = new Map<string, LoadedEnvironment>();
  for (const environment of environments) {
    const { config, file, source } = environment;
    const state = `s3://${config.state.bucket}/${stateKey(config, "*")}`;
    const holder = holders.get(state);
    if (holder === undefined) holders.set(state, environment);
    else {
      const rule = `must not keep its states where ${holder.file.id} does (${placeOf(holder, path)})`;
      yield problemOf({ path, rule, got: state }, file.file, source);
    }
  }
}

/** A bucket that an environment needs, and who may share it: a state bucket everyone in its account and region, a store nobody. */
interface Bucket {
  readonly name: string;
  readonly sharedBy: string;
  readonly path: readonly string[];
}

function* checkBuckets(environments: readonly LoadedEnvironment[]): Generator<ConfigProblem> {
  const holders = new Map<string, { readonly environment: LoadedEnvironment; readonly bucket: Bucket }>();
  for (const environment of environments) {
    for (const bucket of bucketsOf(environment)) {
      const holder = holders.get(bucket.name);
      if (holder === undefined) holders.set(bucket.name, { environment, bucket });
      else if (holder.bucket.sharedBy !== bucket.sharedBy) {
        const place = placeOf(holder.environment, holder.bucket.path);
        const rule = `must not have the bucket name of ${holder.environment.file.id} (${place}): bucket names are global`;
        yield problemOf({ path: bucket.path, rule, got: bucket.name }, environment.file.file, environment.source);
      }
    }
  }
}

function bucketsOf({ config, file }: LoadedEnvironment): Bucket[] {
  const stores = Object.keys(config.data.stores).map((store) => ({
    name: storeBucketName(config, store),
    sharedBy: `${file.file} ${store}`,
    path: ["data", "stores", store],
  }));
  const sharedBy = `states of ${config.account} in ${config.region}`;
  return [{ name: config.state.bucket, sharedBy, path: ["state", "bucket"] }, ...stores];
}

/** Rights of pipelines and boundaries are on `<project>-<stage>-*`: they must not reach into another environment. */
function* checkPrefixes(environments: readonly LoadedEnvironment[]): Generator<ConfigProblem> {
  for (const { config, file, source } of environments) {
    const prefix = prefixOf(config);
    for (const other of environments) {
      const shorter = prefixOf(other.config);
      if (other.config.account !== config.account || shorter === prefix || !prefix.startsWith(shorter)) continue;
      const path = ["project"];
      const rule = `must not give names that begin with "${shorter}", as those of ${other.file.id} do (${placeOf(other, path)}): IAM rights in account ${config.account} go by the beginning of a name`;
      yield problemOf({ path, rule, got: config.project }, file.file, source);
    }
  }
}

function prefixOf({ project, stage }: LoadedEnvironment["config"]): string {
  return `${project}-${stage}-`;
}

/** The first environment of an account to make the provider of an issuer keeps it; those after it have to name it. */
function* checkIssuers(environments: readonly LoadedEnvironment[]): Generator<ConfigProblem> {
  const makers = new Map<string, LoadedEnvironment>();
  for (const environment of environments) {
    const { config, file, source } = environment;
    for (const { system, issuer } of issuersMadeBy(environment)) {
      const arn = `arn:${findRegion(config.region).partition}:iam::${config.account}:oidc-provider/${issuer}`;
      const maker = makers.get(arn);
      if (maker === undefined) makers.set(arn, environment);
      else {
        const rule = `must be given: ${maker.file.id} makes the provider of ${issuer} already (${placeOf(maker, ["ci", system])}), and IAM allows an account one for each issuer`;
        yield problemOf({ path: ["ci", system, "providerArn"], rule, allowed: arn }, file.file, source);
      }
    }
  }
}

/** A system of pipelines, and the issuer of its tokens. */
interface Issuer {
  readonly system: "github" | "gitlab";
  readonly issuer: string;
}

function issuersMadeBy({ config: { ci } }: LoadedEnvironment): Issuer[] {
  const github = ci.github && { ...ci.github, system: "github" as const, issuer: CI_ISSUERS.github };
  const gitlab = ci.gitlab && { ...ci.gitlab, system: "gitlab" as const, issuer: ci.gitlab.host };
  return [github, gitlab].filter((used) => used !== undefined).filter(({ providerArn }) => providerArn === undefined);
}

function placeOf({ file, source }: LoadedEnvironment, path: readonly string[]): string {
  return `${file.file}:${source.lineOf(path)}`;
}
