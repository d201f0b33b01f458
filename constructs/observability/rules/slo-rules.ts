import { either, errorRate, latencyRates, requestRate } from "./private/serving-engines";
import { MODEL_SERVICE_DASHBOARD, SERVICE } from "./private/model-service";
import type { AlertRule, RecordingRule, RuleGroup } from "./rule";
import type { RuleSettings, ServiceObjective } from "./rule-settings";

/** What a service can promise. */
type Slo = "availability" | "latency";

/** A speed at which the error budget of 30 days is spent, seen over a long window and, so that alerts end soon, a short one. */
interface Burn {
  /** How many times faster than to last 30 days. */
  readonly factor: number;
  /** Window that decides. */
  readonly long: "1h" | "6h" | "1d" | "3d";
  /** Window that must agree. */
  readonly short: "5m" | "30m" | "2h" | "6h";
}

/** Where bad requests are counted: a series of rates, and how far apart its values are taken. */
interface BadRequests {
  readonly series: string;
  readonly stepSeconds: number;
}

/** So many times the errors that are allowed: 2 % of the budget of 30 days in an hour, at which somebody is woken. */
export const FAST_BURN = 14.4;

/**
 * Two percent of the budget spent in one hour, or five in six.
 *
 * @see https://sre.google/workbook/alerting-on-slos/ table 5-8
 */
const FAST: readonly Burn[] = [
  { factor: FAST_BURN, long: "1h", short: "5m" },
  { factor: 6, long: "6h", short: "30m" },
];

/** Ten percent of the budget spent in a day or in three. */
const SLOW: readonly Burn[] = [
  { factor: 3, long: "1d", short: "2h" },
  { factor: 1, long: "3d", short: "6h" },
];

/**
 * Bad requests that the long window must hold before anybody is told. Where a service has ten requests an hour, one that fails
 * is a tenth of them: a budget of 0.1 percent burns a hundred times too fast, and nothing has to be done. To ask for a number of
 * requests instead would hide a quiet service that fails them all; this only makes its alarm wait for the fifth.
 */
const LEAST_BAD_REQUESTS = 5;

/** A single replica that moves to another node is away while the node starts, the image is pulled and the weights are loaded. */
const ABSENT_MINUTES = 15;

const KEY = "namespace, model_service";

/** Objectives of model services: how much of what was promised is kept, and who is told when the budget of errors burns. */
export function sloRules({ services }: RuleSettings): readonly RuleGroup[] {
  if (services.length === 0) return [];
  const promised = services.some(({ latency }) => latency !== undefined);
  return [
    {
      name: "serving-objectives",
      recording: [
        ...services.flatMap(promises),
        lastMinutes("5m"),
        ...(["30m", "1h", "2h", "6h"] as const).map(window),
      ],
      alerts: [fastBurn("availability"), ...(promised ? [fastBurn("latency")] : []), absentService(services)],
    },
    {
      name: "serving-objectives-long",
      // Windows of days read thousands of samples: means of five minutes, evaluated as often, are a tenth of them.
      intervalSeconds: 300,
      recording: [...means(), ...(["1d", "3d", "30d"] as const).map(longWindow), budget()],
      alerts: [slowBurn("availability"), ...(promised ? [slowBurn("latency")] : [])],
    },
  ];
}

function promises(service: ServiceObjective): readonly RecordingRule[] {
  const { namespace, service: name, engine, availabilityPercent, latency } = service;
  const scope = { matchers: `namespace="${namespace}",model_service="${name}"`, by: KEY };
  const availability = promise(service, "availability", availabilityPercent, {
    requests: requestRate(engine, scope),
    bad: errorRate(engine, scope),
  });
  if (latency === undefined) return availability;
  const { timed, slow } = latencyRates(engine, scope, latency.seconds);
  return [...availability, ...promise(service, "latency", latency.percent, { requests: timed, bad: slow })];
}

function promise(
  { namespace, service }: ServiceObjective,
  slo: Slo,
  percent: number,
  { requests, bad }: { readonly requests: string; readonly bad: string },
): readonly RecordingRule[] {
  const labels = { namespace, model_service: service, slo };
  const what = slo === "availability" ? "that the server failed" : "that took longer than promised";
  return [
    {
      record: "slo:objective:ratio",
      expression: `vector(${shareOf(percent)})`,
      labels,
      about: "Share of requests that must be good, 0 to 1.",
    },
    {
      record: "slo:requests:rate5m",
      expression: requests,
      labels,
      about: "Requests a second that the objective counts, over five minutes.",
    },
    { record: "slo:errors:rate5m", expression: bad, labels, about: `Requests a second ${what}.` },
  ];
}

function lastMinutes(name: string): RecordingRule {
  return {
    record: `slo:errors:ratio_rate${name}`,
    expression: "slo:errors:rate5m / (slo:requests:rate5m > 0)",
    about: "Share of bad requests over five minutes, 0 to 1; nothing where there were no requests.",
  };
}

/** Rates are added up before they are divided, so that a minute with many requests counts for more than one with few. */
function window(name: string): RecordingRule {
  return {
    record: `slo:errors:ratio_rate${name}`,
    expression: `sum_over_time(slo:errors:rate5m[${name}]) / (sum_over_time(slo:requests:rate5m[${name}]) > 0)`,
    about: `Share of bad requests over ${name}, 0 to 1.`,
  };
}

function means(): readonly RecordingRule[] {
  return [
    {
      record: "slo:requests:mean5m",
      expression: "avg_over_time(slo:requests:rate5m[5m])",
      about: "Requests a second that the objective counts, mean of five minutes.",
    },
    {
      record: "slo:errors:mean5m",
      expression: "avg_over_time(slo:errors:rate5m[5m])",
      about: "Bad requests a second, mean of five minutes.",
    },
  ];
}

function longWindow(name: string): RecordingRule {
  return {
    record: `slo:errors:ratio_rate${name}`,
    expression: `sum_over_time(slo:errors:mean5m[${name}]) / (sum_over_time(slo:requests:mean5m[${name}]) > 0)`,
    about: `Share of bad requests over ${name}, or since the service was first seen, 0 to 1.`,
  };
}

function budget(): RecordingRule {
  return {
    record: "slo:error_budget_remaining:ratio",
    expression: "1 - slo:errors:ratio_rate30d / (1 - slo:objective:ratio)",
    about: "Share of the error budget of 30 days that is left: 1 untouched, 0 spent, below 0 broken.",
  };
}

function fastBurn(slo: Slo): AlertRule {
  const { name, bad } = WORDS[slo];
  return {
    alert: `Serving${name}FastBurn`,
    severity: "critical",
    area: "serving",
    expression: burns(slo, FAST, { series: "slo:errors:rate5m", stepSeconds: 60 }),
    summary: `${SERVICE} ${bad} {{ $value | humanizePercentage }} of its requests`,
    description: `At this speed the error budget of 30 days lasts for five days at most. Callers of the service notice it now.`,
    dashboard: MODEL_SERVICE_DASHBOARD,
  };
}

function slowBurn(slo: Slo): AlertRule {
  const { name, bad } = WORDS[slo];
  return {
    alert: `Serving${name}SlowBurn`,
    severity: "warning",
    area: "serving",
    expression: burns(slo, SLOW, { series: "slo:errors:mean5m", stepSeconds: 300 }),
    summary: `${SERVICE} ${bad} {{ $value | humanizePercentage }} of its requests over the last days`,
    description: `The error budget of 30 days is spent before they are over. Nobody has to get up for it, but the promise breaks unless something is done.`,
    dashboard: MODEL_SERVICE_DASHBOARD,
  };
}

/**
 * Bad requests are counted in steps of their own, and not as a mean over the window: of a service that is an hour old, the mean
 * of six hours is that of one, and would count six times as many.
 */
function burns(slo: Slo, speeds: readonly Burn[], { series, stepSeconds }: BadRequests): string {
  const only = `{slo="${slo}"}`;
  return speeds
    .map(({ factor, long, short }) => {
      const limit = `${factor} * (1 - slo:objective:ratio${only})`;
      const many = `sum_over_time(${series}${only}[${long}:${stepSeconds}s]) * ${stepSeconds} >= ${LEAST_BAD_REQUESTS}`;
      const over = (name: string): string => `slo:errors:ratio_rate${name}${only} > ${limit}`;
      return `(${over(long)} and ${over(short)} and ${many})`;
    })
    .join("\nor\n");
}

function absentService(services: readonly ServiceObjective[]): AlertRule {
  const absent = services.map(({ namespace, service }) => {
    const replicas = `model_service:replicas:count{namespace="${namespace}",model_service="${service}"}`;
    return `sum by (${KEY}) (${replicas}) == 0 or absent(${replicas})`;
  });
  return {
    alert: "ServingServiceAbsent",
    severity: "critical",
    area: "serving",
    expression: either(absent),
    forMinutes: ABSENT_MINUTES,
    summary: `${SERVICE} has no server that answers`,
    description:
      "Its availability is promised, and there is no pod to answer requests. The share of failed requests does not show it, since nobody is left to count them. A service that is put to sleep on purpose keeps no such promise: it needs a replica that stays, or no objective.",
    dashboard: MODEL_SERVICE_DASHBOARD,
  };
}

/** Exact to what people write: 99.95 percent is 0.9995 and not 0.9994999. */
function shareOf(percent: number): number {
  return Number((percent / 100).toFixed(6));
}

const WORDS: Readonly<Record<Slo, { readonly name: string; readonly bad: string }>> = {
  availability: { name: "Availability", bad: "failed" },
  latency: { name: "Latency", bad: "answered too slowly" },
};
