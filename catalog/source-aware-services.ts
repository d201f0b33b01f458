import data from "./source-aware-services.json";

const SERVICES: readonly string[] = data.services;

/**
 * Whether a service says for which account or resource it acts when it takes a role, so that the role's trust can demand it.
 * A condition on the source locks a service out that does not say.
 *
 * @param principal e.g. `vpc-flow-logs.amazonaws.com`; a region in it, as in `logs.us-east-1.amazonaws.com`, is left out
 */
export function sendsItsSource(principal: string): boolean {
  return SERVICES.includes(principal.replace(/\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com$/, ".amazonaws.com"));
}
