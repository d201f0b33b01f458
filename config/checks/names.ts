import { limits } from "../../catalog";
import type { EnvironmentDraft, Finding } from "../draft";
import { storeBucketName } from "../names";
import { STORE_NAMES } from "../schema/primitives";
import { poolsOf } from "./pools";

const LONGEST_STORE = STORE_NAMES.reduce((longest, name) => (name.length > longest.length ? name : longest), "");

/** The AWS provider makes the name of a node group unique with a hyphen and 26 characters of its own. */
const UNIQUE_SUFFIX = 27;

/** A name chosen in the file and the AWS name that follows from it. */
interface DerivedName {
  readonly path: Finding["path"];
  /** The name in the file. */
  readonly chosen: string;
  /** What AWS calls the thing, with its name. */
  readonly derived: string;
  readonly length: number;
  readonly limit: number;
}

/** Names of AWS resources that follow from the environment's own names: none may be longer than AWS takes. */
export function* checkNames(draft: EnvironmentDraft): Generator<Finding> {
  for (const { path, chosen, derived, length, limit } of derivedNames(draft)) {
    if (length <= limit) continue;
    const rule = `must be shorter: ${derived} would have ${length} characters, AWS takes ${limit}`;
    yield { path, rule, got: chosen, allowed: `at most ${Math.max(0, chosen.length + limit - length)} characters` };
  }
}

function* derivedNames(draft: EnvironmentDraft): Generator<DerivedName> {
  const { project, stage, account, region } = draft;
  const { names } = limits();
  for (const { name, path } of poolsOf(draft)) {
    const derived = `the node group "${name}" with the ${UNIQUE_SUFFIX} characters that make its name unique`;
    yield { path, chosen: name, derived, length: name.length + UNIQUE_SUFFIX, limit: names.nodeGroup };
  }
  if (project === undefined || stage === undefined) return;
  if (account !== undefined && region !== undefined) {
    const bucket = storeBucketName({ project, stage, account, region }, LONGEST_STORE);
    const derived = `the bucket "${bucket}"`;
    yield { path: ["project"], chosen: project, derived, length: bucket.length, limit: names.bucket };
  }
  for (const name of Object.keys(draft.podRoles ?? {})) {
    const role = `${project}-${stage}-${name}`;
    const derived = `the IAM role "${role}"`;
    yield { path: ["podRoles", name], chosen: name, derived, length: role.length, limit: names.iamRole };
  }
}
