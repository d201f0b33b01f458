import type { EnvironmentFacts, OtherEnvironment } from "../../engine/context";

/** Finds the environment beside this one that a text names; undefined when it names none. */
export type OtherFinder = (text: string) => OtherEnvironment | undefined;

/** Finds other environments by their account id. One that both share is nobody's sign. */
export function findByAccount(environment: EnvironmentFacts): OtherFinder {
  return firstOf(environment, ({ account }) => {
    if (account === "" || account === environment.account) return undefined;
    const whole = new RegExp(`(?<!\\d)${escaped(account)}(?!\\d)`);
    return (text) => text.includes(account) && whole.test(text);
  });
}

/**
 * Finds other environments by project and stage beside each other, as in `atlas-dev-models` or `atlas/dev/network`. Names of
 * this environment do not count, even where another's begins like them.
 */
export function findByName(environment: EnvironmentFacts): OtherFinder {
  const own = environment.project === undefined ? undefined : namePattern(environment.project, environment.stage, "g");
  return firstOf(environment, ({ project, stage }) => {
    if (project === environment.project && stage === environment.stage) return undefined;
    const likely = [`${project}-${stage}`, `${project}/${stage}`];
    const whole = namePattern(project, stage);
    return (text) => likely.some((one) => text.includes(one)) && whole.test(own ? text.replace(own, "") : text);
  });
}

function firstOf(
  { others }: EnvironmentFacts,
  matcherOf: (other: OtherEnvironment) => ((text: string) => boolean) | undefined,
): OtherFinder {
  const matchers = others.flatMap((other) => {
    const matches = matcherOf(other);
    return matches === undefined ? [] : [{ other, matches }];
  });
  return (text) => matchers.find(({ matches }) => matches(text))?.other;
}

function namePattern(project: string, stage: string, flags = ""): RegExp {
  return new RegExp(`(?<![A-Za-z0-9-])${escaped(project)}[-/]${escaped(stage)}(?![A-Za-z0-9])`, flags);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
