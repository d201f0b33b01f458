import {
  histogram,
  httpRequests,
  modelServer,
  modelServerUp,
  vllmLatency,
} from "../../../../support/model-server-series";
import type { RecordingCase } from "../recording-case";
import type { RuleCase } from "../rule-case";

const CHAT = modelServer("chat", "vllm");
const CANARY = modelServer("chat", "vllm", "canary");
const RANKER = modelServer("ranker", "fastapi");
const CHAT_SERVICE = { namespace: "serving", model_service: "chat" };
const chat = [CHAT_SERVICE];

/** Situations of what model services promise, each with the alerts it raises. */
export const cases: readonly RuleCase[] = [
  {
    alert: "ServingAvailabilityFastBurn",
    what: "after six good hours, 8 percent of the requests of an hour fail where 0.5 may",
    series: httpRequests(CHAT, "0+100x360 36092+92x70", "0x360 8+8x70"),
    atMinutes: 424,
    fires: [{ ...CHAT_SERVICE, severity: "critical", area: "serving" }],
  },
  {
    alert: "ServingAvailabilityFastBurn",
    what: "3.1 percent of the requests fail over hours, six times what may",
    series: httpRequests(CHAT, "0+969x90", "0+31x90"),
    atMinutes: 80,
    fires: chat,
  },
  {
    alert: "ServingAvailabilityFastBurn",
    what: "2.9 percent of the requests fail over hours, under six times what may",
    series: httpRequests(CHAT, "0+971x90", "0+29x90"),
    atMinutes: 80,
    fires: [],
  },
  {
    alert: "ServingAvailabilityFastBurn",
    what: "the errors of the last hour have ended ten minutes ago",
    series: httpRequests(CHAT, "0+92x50 4700+100x50", "0+8x50 400x50"),
    atMinutes: 95,
    fires: [],
  },
  {
    alert: "ServingAvailabilityFastBurn",
    what: "three requests an hour, and all of them fail",
    series: httpRequests(CHAT, "0x90", "0x19 1x19 2x19 3x40"),
    atMinutes: 62,
    fires: [],
  },
  {
    alert: "ServingAvailabilityFastBurn",
    what: "a quiet service fails all of its twelve requests an hour",
    series: httpRequests(CHAT, "0x90", "0x5 1x4 2x4 3x4 4x4 5x4 6x4 7x4 8x4 9x4 10x4 11x4 12x4 13x4 14x4 15x4 16x4"),
    atMinutes: 64,
    fires: chat,
  },
  {
    alert: "ServingAvailabilityFastBurn",
    what: "nobody asks anything",
    series: httpRequests(CHAT, "1000x90", "500x90"),
    atMinutes: 80,
    fires: [],
  },
  {
    alert: "ServingAvailabilityFastBurn",
    what: "health checks fail while the pod starts",
    series: { ...httpRequests(CHAT, "0+100x90", "0x90"), ...httpRequests(CHAT, "0x90", "0+60x90", "/health") },
    atMinutes: 80,
    fires: [],
  },
  {
    alert: "ServingAvailabilitySlowBurn",
    what: "0.6 percent of the requests fail for hours where 0.5 may",
    series: httpRequests(CHAT, "0+994x120", "0+6x120"),
    atMinutes: 110,
    fires: [{ ...CHAT_SERVICE, severity: "warning", area: "serving" }],
  },
  {
    alert: "ServingAvailabilitySlowBurn",
    what: "0.4 percent of the requests fail for hours where 0.5 may",
    series: httpRequests(CHAT, "0+996x120", "0+4x120"),
    atMinutes: 110,
    fires: [],
  },
  {
    alert: "ServingLatencyFastBurn",
    what: "31 percent of the requests take longer than 2.5 seconds where 5 may",
    series: vllmLatency(CHAT, "0+69x90", "0+100x90"),
    atMinutes: 80,
    fires: [{ ...CHAT_SERVICE, severity: "critical", area: "serving" }],
  },
  {
    alert: "ServingLatencyFastBurn",
    what: "29 percent of the requests take longer than 2.5 seconds where 5 may",
    series: vllmLatency(CHAT, "0+71x90", "0+100x90"),
    atMinutes: 80,
    fires: [],
  },
  {
    alert: "ServingLatencyFastBurn",
    what: "7 percent of the requests are slow where 1 may, and as many health checks as requests are fast",
    series: {
      ...httpRequests(RANKER, "0+100x90", "0x90", "/predict"),
      ...httpRequests(RANKER, "0+100x90", "0x90", "/healthz"),
      ...histogram("http_request_duration_highr_seconds", RANKER, { "0.5": "0+193x90" }, "0+200x90"),
    },
    atMinutes: 80,
    fires: [{ namespace: "serving", model_service: "ranker" }],
  },
  {
    alert: "ServingLatencySlowBurn",
    what: "6 percent of the requests are slow for hours where 5 may",
    series: vllmLatency(CHAT, "0+94x120", "0+100x120"),
    atMinutes: 110,
    fires: [{ ...CHAT_SERVICE, severity: "warning", area: "serving" }],
  },
  {
    alert: "ServingLatencySlowBurn",
    what: "4 percent of the requests are slow for hours where 5 may",
    series: vllmLatency(CHAT, "0+96x120", "0+100x120"),
    atMinutes: 110,
    fires: [],
  },
  {
    alert: "ServingServiceAbsent",
    what: "no pod of one of two services that promise something is there",
    series: modelServerUp(RANKER, "1x30"),
    atMinutes: 16,
    fires: chat,
  },
  {
    alert: "ServingServiceAbsent",
    what: "the only pod of a service does not answer",
    series: { ...modelServerUp(RANKER, "1x30"), ...modelServerUp(CHAT, "0x30") },
    atMinutes: 16,
    fires: chat,
  },
  {
    alert: "ServingServiceAbsent",
    what: "one of two pods answers",
    series: { ...modelServerUp(RANKER, "1x30"), ...modelServerUp(CHAT, "0x30"), ...modelServerUp(CANARY, "1x30") },
    atMinutes: 25,
    fires: [],
  },
  {
    alert: "ServingServiceAbsent",
    what: "the only server is made anew, and its weights are there after thirteen minutes",
    series: { ...modelServerUp(RANKER, "1x40"), ...modelServerUp(CHAT, "1x5 stale _x3 0x8 1x20") },
    atMinutes: 18,
    fires: [],
  },
];

/** Series that are recorded of objectives. */
export const recordingCases: readonly RecordingCase[] = [
  {
    expression: 'round(slo:errors:ratio_rate30m{slo="availability"}, 0.001)',
    what: "minutes count by their requests: 10,000 good ones, then 100 bad ones",
    series: httpRequests(CHAT, "0+1000x10 10000x20", "0x10 10+10x9 100x11"),
    atMinutes: 29,
    samples: [{ labels: { namespace: "serving", model_service: "chat", slo: "availability" }, value: 0.01 }],
  },
  {
    expression: 'round(slo:error_budget_remaining:ratio{slo="availability"}, 0.01)',
    what: "0.1 percent of errors have spent a fifth of a budget of 0.5",
    series: httpRequests(CHAT, "0+999x120", "0+1x120"),
    atMinutes: 110,
    samples: [{ labels: { namespace: "serving", model_service: "chat", slo: "availability" }, value: 0.8 }],
  },
];
