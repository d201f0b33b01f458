import { actionsNamed, actionsOf, evaluate, type PolicyJson, type RequestContext } from "../support/iam-evaluation";
import { type Allowance, type GrantCase, synthesisedPolicy } from "./grant-case";

/**
 * Defines the tests of ways to give permissions: the synthesised policy allows what the case lists; of all other actions that
 * its services have, on its resources and on their neighbours, it allows none.
 */
export function describeGrants(cases: readonly GrantCase[]): void {
  describe.each(cases.map((tried): [string, GrantCase] => [`${tried.method}, ${tried.variant}`, tried]))(
    "%s",
    (_, tried) => {
      const { allows, others, contexts = [] } = tried;
      const resources = [...new Set([...allows.map(({ resource }) => resource), ...others, "*"])];
      const services = [...new Set(allows.flatMap(({ actions }) => actions.map(serviceOf)))].sort();
      let policy: PolicyJson;
      beforeAll(() => {
        policy = synthesisedPolicy(tried);
      });

      test("allows what is listed, and nothing else of all that these services have", async () => {
        const unconditional = allows.filter(({ context }) => context === undefined);
        expect(await allowedOfAll(policy, services, resources)).toEqual(expected(unconditional));
      });

      test("allows no more than is listed to requests that a condition knows", async () => {
        const named = [...new Set(actionsNamed(policy))];
        const known = allows.map(({ context }) => context).filter((context) => context !== undefined);
        for (const context of new Set([...known, ...contexts])) {
          const listed = allows.filter((one) => one.context === undefined || one.context === context);
          expect(await allowedOf(policy, named, resources, context)).toEqual(expected(listed));
        }
      });

      test("names only actions that it allows somewhere, one by one", () => {
        const listed = allows.flatMap(({ actions }) => actions);
        expect([...new Set(actionsNamed(policy))].sort()).toEqual([...new Set(listed)].sort());
      });
    },
  );
}

/** Policies of different ways to the same grant are mostly the same, and need to be looked at once. */
const seen = new Map<string, Promise<string[]>>();

async function allowedOfAll(policy: PolicyJson, services: readonly string[], resources: string[]): Promise<string[]> {
  const id = JSON.stringify([policy, resources]);
  const known = seen.get(id);
  if (known !== undefined) return known;
  const actions = (await Promise.all(services.map(actionsOf))).flat();
  const found = allowedOf(policy, actions, resources);
  seen.set(id, found);
  return found;
}

/** Which of the actions the policy allows on which of the resources. */
async function allowedOf(
  policy: PolicyJson,
  actions: readonly string[],
  resources: readonly string[],
  context?: RequestContext,
): Promise<string[]> {
  const allowed: string[] = [];
  for (const action of actions) {
    for (const resource of resources.filter((arn) => arn === "*" || arn.split(":")[2] === serviceOf(action))) {
      const verdict = await evaluate({ identity: [policy] }, { action, resource, context });
      if (verdict === "allowed") allowed.push(`${action} ${resource}`);
    }
  }
  return allowed.sort();
}

function expected(allows: readonly Allowance[]): string[] {
  const each = allows.flatMap(({ actions, resource }) => actions.map((action) => `${action} ${resource}`));
  return [...new Set(each)].sort();
}

function serviceOf(action: string): string {
  return action.split(":")[0] ?? "";
}
