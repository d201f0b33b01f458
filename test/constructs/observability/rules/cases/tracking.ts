import type { RecordingCase } from "../recording-case";
import type { RuleCase } from "../rule-case";

type Series = Readonly<Record<string, string>>;

const TARGET = 'job="mlflow",namespace="mlflow",pod="mlflow-0"';

function requests(good: string, bad: string): Series {
  return {
    [`mlflow_http_request_total{${TARGET},method="POST",status="200"}`]: good,
    [`mlflow_http_request_total{${TARGET},method="POST",status="500"}`]: bad,
  };
}

/** Requests that take between 5 and 7.5 seconds, and faster ones. */
function durations(fast: string, all: string): Series {
  const one = `${TARGET},method="POST",mlflow_version="3.15.1",status="200"`;
  return {
    [`mlflow_http_request_duration_seconds_bucket{${one},le="5.0"}`]: fast,
    [`mlflow_http_request_duration_seconds_bucket{${one},le="7.5"}`]: all,
    [`mlflow_http_request_duration_seconds_bucket{${one},le="+Inf"}`]: all,
  };
}

/** Situations of MLflow, each with the alerts it raises. */
export const cases: readonly RuleCase[] = [
  {
    alert: "MlflowDown",
    what: "the only server does not answer",
    series: { [`up{${TARGET}}`]: "0x20" },
    atMinutes: 6,
    fires: [{ severity: "critical", area: "tracking" }],
  },
  { alert: "MlflowDown", what: "there is no server", series: {}, atMinutes: 6, fires: [{ severity: "critical" }] },
  {
    alert: "MlflowDown",
    what: "one of two servers answers",
    series: { [`up{${TARGET}}`]: "0x20", 'up{job="mlflow",namespace="mlflow",pod="mlflow-1"}': "1x20" },
    atMinutes: 15,
    fires: [],
  },
  {
    alert: "MlflowErrors",
    what: "6 of 100 requests fail",
    series: requests("0+94x30", "0+6x30"),
    atMinutes: 16,
    fires: [{ severity: "warning", area: "tracking" }],
  },
  {
    alert: "MlflowErrors",
    what: "4 of 100 requests fail",
    series: requests("0+96x30", "0+4x30"),
    atMinutes: 16,
    fires: [],
  },
  {
    alert: "MlflowErrors",
    what: "the only request of ten minutes fails",
    series: requests("0x30", "0x8 1x22"),
    atMinutes: 12,
    fires: [],
  },
  {
    alert: "MlflowSlow",
    what: "one request in ten takes longer than 5 seconds",
    series: { ...requests("0+100x30", "0x30"), ...durations("0+90x30", "0+100x30") },
    atMinutes: 22,
    fires: [{ severity: "warning", area: "tracking" }],
  },
  {
    alert: "MlflowSlow",
    what: "four requests in a hundred do",
    series: { ...requests("0+100x30", "0x30"), ...durations("0+96x30", "0+100x30") },
    atMinutes: 25,
    fires: [],
  },
];

/** Series that are recorded of MLflow. */
export const recordingCases: readonly RecordingCase[] = [
  {
    expression: "round(mlflow:request_errors:ratio_rate5m, 0.001)",
    what: "no request has ever failed",
    series: { [`mlflow_http_request_total{${TARGET},method="GET",status="200"}`]: "0+60x20" },
    atMinutes: 10,
    samples: [{ labels: {}, value: 0 }],
  },
  {
    expression: "mlflow:requests:rate5m",
    what: "requests of all methods and pods, by status",
    series: {
      ...requests("0+60x20", "0+30x20"),
      'mlflow_http_request_total{pod="b",method="GET",status="200"}': "0+60x20",
    },
    atMinutes: 10,
    samples: [
      { labels: { status: "200" }, value: 2 },
      { labels: { status: "500" }, value: 0.5 },
    ],
  },
];
