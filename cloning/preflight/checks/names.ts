import { describeName, type Facts } from "../facts";
import type { PreflightFinding } from "../finding";
import { isOwn, type Owner } from "../own";
import type { PreflightPlan } from "../plan";
import type { NameFact, Tags } from "../preflight-aws";

/** Names that the environment will take and others have. */
export function nameFindings({ config }: PreflightPlan, { names }: Facts): PreflightFinding[] {
  return [...names].flatMap(([planned, answer]) => {
    const finding = answer.known ? collisionFinding(describeName(planned), config, answer.value) : undefined;
    return finding === undefined ? [] : [finding];
  });
}

/** That what is named exists already and is not the environment's own. */
export function collisionFinding(named: string, owner: Owner, name: NameFact): PreflightFinding | undefined {
  const fact = collisionOf(owner, name);
  return fact && { kind: "name", title: `${named} exists already`, facts: [fact] };
}

function collisionOf(owner: Owner, fact: NameFact): PreflightFinding["facts"][number] | undefined {
  if (!fact.taken) return undefined;
  if (fact.by === "stranger") {
    return ["belongs to", "another account: bucket names are shared by all accounts of the world"];
  }
  return isOwn(owner, fact.tags) ? undefined : ["tags", describeTags(fact.tags)];
}

/** The bucket of the Terraform states, which must be there before the first deploy. */
export function stateBucketFinding({ config }: PreflightPlan, { stateBucket }: Facts): PreflightFinding | undefined {
  if (!stateBucket.known) return undefined;
  const { bucket } = config.state;
  const fact: NameFact = stateBucket.value;
  if (fact.taken) {
    if (fact.by === "account") return undefined;
    const facts = [["belongs to", "another account: choose another `state.bucket`"] as const];
    return { kind: "state-bucket", title: `state bucket ${bucket} is not yours`, facts };
  }
  const elsewhere =
    config.region === "us-east-1" ? "" : ` --create-bucket-configuration LocationConstraint=${config.region}`;
  return {
    kind: "state-bucket",
    title: `state bucket ${bucket} does not exist`,
    facts: [["then", "switch on versioning and encryption, and close it to the public"]],
    command: `aws s3api create-bucket --bucket ${bucket} --region ${config.region}${elsewhere}`,
  };
}

function describeTags(tags: Tags): string {
  const entries = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  if (entries.length === 0) return "none, so it is not this environment's";
  return `${entries.sort().join(", ")}: not this environment's`;
}
