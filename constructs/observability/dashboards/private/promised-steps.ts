import type { ServiceObjective } from "../../rules/rule-settings";
import { FAST_BURN } from "../../rules/slo-rules";
import type { Step } from "./panel-spec";
import { falling, rising } from "./steps";

/** Colours of a number for some services alone, by namespace and name: `serving/chat`. */
type StepsByService = Readonly<Record<string, readonly Step[]>>;

/** Share of the budget that is left when it is to be watched. */
const LITTLE_LEFT = 0.25;
/** From this share of the promised time on, it is to be watched. */
const NEARLY_LATE = 0.8;

/** Colours of the share of good answers of 30 days: less than promised, nearly, more. */
export function goodAnswers(services: readonly ServiceObjective[]): StepsByService {
  return byService(services, ({ availabilityPercent }) => {
    const promised = availabilityPercent / 100;
    return falling(rounded(promised), rounded(promised + LITTLE_LEFT * (1 - promised)));
  });
}

/** Colours of the share of requests that fail now: within what is promised, above it, so far above that somebody is woken. */
export function failures(services: readonly ServiceObjective[]): StepsByService {
  return byService(services, ({ availabilityPercent }) => {
    const allowed = 1 - availabilityPercent / 100;
    return rising(rounded(allowed), rounded(Math.min(1, FAST_BURN * allowed)));
  });
}

/** Colours of the time within which 95 of 100 requests are answered, for services that promise a time to 95 or more. */
export function latencies(services: readonly ServiceObjective[]): StepsByService {
  return Object.fromEntries(
    services.flatMap((service) => {
      const { latency } = service;
      // A promise to fewer than 95 is kept while the 95th request is late.
      if (latency === undefined || latency.percent < 95) return [];
      return [[nameOf(service), rising(rounded(NEARLY_LATE * latency.seconds), latency.seconds)]];
    }),
  );
}

function byService(
  services: readonly ServiceObjective[],
  steps: (service: ServiceObjective) => readonly Step[],
): StepsByService {
  return Object.fromEntries(services.map((one) => [nameOf(one), steps(one)]));
}

function nameOf({ namespace, service }: ServiceObjective): string {
  return `${namespace}/${service}`;
}

/** Without what binary fractions add: `0.004999999999999999`. */
function rounded(value: number): number {
  return Number(value.toFixed(9));
}
