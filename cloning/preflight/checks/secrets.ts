import type { Facts } from "../facts";
import type { PreflightFinding } from "../finding";
import type { PreflightPlan } from "../plan";
import { collisionFinding } from "./names";

/**
 * Secrets of planned names that others have, that wait for their deletion, or that the environment has made and nobody has put
 * a value into.
 */
export function secretFindings(
  { config }: PreflightPlan,
  { secrets }: Facts,
  valuesNeeded: boolean,
): PreflightFinding[] {
  return [...secrets].flatMap(([name, answer]): PreflightFinding[] => {
    if (!answer.known || !answer.value.exists) return [];
    const { tags, deleted, hasValue } = answer.value;
    const collision = collisionFinding(`secret ${name}`, config, { taken: true, by: "account", tags });
    if (collision) return [collision];
    const command = (verb: string) => `aws secretsmanager ${verb} --secret-id ${name} --region ${config.region}`;
    if (deleted) {
      const then =
        "its name stays taken until it is gone; called back, it has to be imported into the state of the data layer";
      const title = `secret ${name} waits for its deletion`;
      return [{ kind: "secret", title, facts: [["then", then]], command: command("restore-secret") }];
    }
    if (hasValue || !valuesNeeded) return [];
    const facts = [["then", "what reads it does not start; what belongs into it its description says"]] as const;
    const file = `${name.split("/").at(-1)}.json`;
    const put = `${command("put-secret-value")} --secret-string file://${file}`;
    return [{ kind: "secret", title: `secret ${name} has no value`, facts, command: put }];
  });
}

/** Secrets that the first deploy makes, and that somebody has to put a value into before all else is deployed. */
export function secretNotes({ secrets }: Facts): string[] {
  return [...secrets].flatMap(([name, answer]) =>
    answer.known && !answer.value.exists
      ? [`secret ${name} is made without a value by the layer data: put one in before the layers above are deployed`]
      : [],
  );
}
