import type { EnvironmentIdentity } from "./naming";
import type { PropChecks } from "./prop-checks";

const WORDS = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** Adds the rules that every construct has for the environment it belongs to. */
export function checkIdentity(checks: PropChecks, identity: EnvironmentIdentity): PropChecks {
  const { project, stage, account, region } = identity;
  const words = "must be lower-case letters and digits, starting with a letter, in words joined by single hyphens";
  return checks
    .require(WORDS.test(project), "identity.project", words, project)
    .require(WORDS.test(stage), "identity.stage", words, stage)
    .require(/^\d{12}$/.test(account), "identity.account", "must be an AWS account id of 12 digits", account)
    .require(REGION.test(region), "identity.region", "must be an AWS region such as eu-central-1", region);
}
