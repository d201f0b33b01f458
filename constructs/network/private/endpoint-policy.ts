import { findVpcEndpointService } from "../../../catalog";
import type { EnvironmentIdentity } from "../../core/naming";
import { partitionOf } from "../../core/partition";
import { policyDocument, type ResourcePolicyStatement } from "../../core/policy-document";

/** Whose principals may use the endpoints of a network. */
export interface EndpointAudience {
  /** The environment of the network: its account is always among them. */
  readonly identity: EnvironmentIdentity;
  /** Ids of further accounts. */
  readonly accounts: readonly string[];
}

/**
 * Policy that lets only principals of the given accounts through an endpoint, whatever they call: credentials that somebody
 * brings along from elsewhere are of no use inside the network. It judges the caller and not what is called, so that images,
 * parameters and machine images of AWS's own accounts stay within reach.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function ownAccountsPolicy(audience: EndpointAudience): string {
  return policyDocument([principalsOf(accountsOf(audience))]);
}

/** The policy of a service's interface endpoint, or undefined where the service has to do without. */
export function interfaceEndpointPolicy(service: string, audience: EndpointAudience): string | undefined {
  const { policy, unsignedActions = [] } = findVpcEndpointService(service);
  if (policy === "none") return undefined;
  const accounts = accountsOf(audience);
  const unsigned = unsignedActions.length > 0 ? [unsignedCallsFor(accounts, unsignedActions, audience.identity)] : [];
  return policyDocument([principalsOf(accounts), ...unsigned]);
}

function accountsOf({ identity, accounts }: EndpointAudience): readonly string[] {
  return [...new Set([identity.account, ...accounts])];
}

function principalsOf(accounts: readonly string[]): ResourcePolicyStatement {
  const [only, ...others] = accounts;
  const account = only !== undefined && others.length === 0 ? only : accounts;
  return {
    sid: "PrincipalsOfOwnAccounts",
    principals: "*",
    actions: ["*"],
    resources: ["*"],
    conditions: { StringEquals: { "aws:PrincipalAccount": account } },
  };
}

/** A pod that exchanges a web identity token for a role signs nothing: the role it asks for says whose it is. */
function unsignedCallsFor(
  accounts: readonly string[],
  actions: readonly string[],
  { region }: EnvironmentIdentity,
): ResourcePolicyStatement {
  const partition = partitionOf(region);
  return {
    sid: "UnsignedCallsForOwnRoles",
    principals: "*",
    actions,
    resources: accounts.map((account) => `arn:${partition}:iam::${account}:role/*`),
  };
}
