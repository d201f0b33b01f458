import {
  failures,
  goodAnswers,
  latencies,
} from "../../../../../constructs/observability/dashboards/private/promised-steps";
import type { ServiceObjective } from "../../../../../constructs/observability/rules/rule-settings";

const chat: ServiceObjective = {
  ...{ service: "chat", namespace: "serving", engine: "vllm" },
  ...{ availabilityPercent: 99.5, latency: { seconds: 2.5, percent: 95 } },
};
const ranker: ServiceObjective = {
  ...{ service: "ranker", namespace: "ranking", engine: "fastapi" },
  ...{ availabilityPercent: 90, latency: { seconds: 0.5, percent: 90 } },
};

test("each service is judged by its own promise", () => {
  expect(goodAnswers([chat, ranker])).toEqual({
    "serving/chat": [
      { from: null, color: "red" },
      { from: 0.995, color: "yellow" },
      { from: 0.99625, color: "green" },
    ],
    "ranking/ranker": [
      { from: null, color: "red" },
      { from: 0.9, color: "yellow" },
      { from: 0.925, color: "green" },
    ],
  });
});

test("failures are red where somebody is woken, at the latest when all requests fail", () => {
  expect(failures([chat, ranker])).toEqual({
    "serving/chat": [
      { from: null, color: "green" },
      { from: 0.005, color: "yellow" },
      { from: 0.072, color: "red" },
    ],
    "ranking/ranker": [
      { from: null, color: "green" },
      { from: 0.1, color: "yellow" },
      { from: 1, color: "red" },
    ],
  });
});

test("the time of 95 of 100 requests says nothing of a promise to fewer, or of none", () => {
  const { latency: _none, ...silent } = chat;
  expect(latencies([chat, ranker, { ...silent, service: "silent" }])).toEqual({
    "serving/chat": [
      { from: null, color: "green" },
      { from: 2, color: "yellow" },
      { from: 2.5, color: "red" },
    ],
  });
});
