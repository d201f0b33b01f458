import { refusal, withChange } from "../environment-fixture";

describe("labels and taints", () => {
  test.each([
    {
      behaviour: "refuses a label key with a space",
      before: "maxSize: 2",
      after: "maxSize: 2\n      labels: {a b: x}",
      message:
        'dev.yaml:17 nodePools.gpu.l4.labels["a b"]: must have a key that Kubernetes accepts, got "a b"; allowed: for example workload, example.com/workload',
    },
    {
      behaviour: "refuses a label key with two slashes",
      before: "maxSize: 2",
      after: "maxSize: 2\n      labels: {a/b/c: x}",
      message:
        'dev.yaml:17 nodePools.gpu.l4.labels["a/b/c"]: must have a key that Kubernetes accepts, got "a/b/c"; allowed: for example workload, example.com/workload',
    },
    {
      behaviour: "refuses a label key under a reserved prefix",
      before: "maxSize: 2",
      after: "maxSize: 2\n      labels: {node.kubernetes.io/role: x}",
      message:
        'dev.yaml:17 nodePools.gpu.l4.labels["node.kubernetes.io/role"]: must not have a key under node.kubernetes.io, which is reserved, got "node.kubernetes.io/role"',
    },
    {
      behaviour: "refuses a label value with a space",
      before: "maxSize: 2",
      after: "maxSize: 2\n      labels: {team: 'x y'}",
      message:
        'dev.yaml:17 nodePools.gpu.l4.labels.team: must have a value that Kubernetes accepts, got "x y"; allowed: at most 63 letters, digits, hyphens, underscores and dots, a letter or digit at both ends',
    },
    {
      behaviour: "refuses a label value of 64 characters",
      before: "maxSize: 2",
      after: "maxSize: 2\n      labels: {team: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}",
      message:
        'dev.yaml:17 nodePools.gpu.l4.labels.team: must have a value that Kubernetes accepts, got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; allowed: at most 63 letters, digits, hyphens, underscores and dots, a letter or digit at both ends',
    },
    {
      behaviour: "refuses a label value that is no text",
      before: "maxSize: 2",
      after: "maxSize: 2\n      labels: {team: 5}",
      message: "dev.yaml:17 nodePools.gpu.l4.labels.team: must be text, in quotes, got 5",
    },
    {
      behaviour: "refuses the label every GPU pool has",
      before: "maxSize: 2",
      after: "maxSize: 2\n      labels: {nvidia.com/gpu.present: 'true'}",
      message:
        'dev.yaml:17 nodePools.gpu.l4.labels["nvidia.com/gpu.present"]: must be left out: every GPU pool has this label already, got "nvidia.com/gpu.present"',
    },
    {
      behaviour: "refuses the taint every GPU pool has",
      before: "maxSize: 2",
      after: "maxSize: 2\n      taints: [{key: nvidia.com/gpu, effect: NoSchedule}]",
      message:
        'dev.yaml:17 nodePools.gpu.l4.taints[0].key: must be left out: every GPU pool has this taint already, got "nvidia.com/gpu"',
    },
    {
      behaviour: "refuses a taint key that Kubernetes refuses",
      before: "maxSize: 2",
      after: "maxSize: 2\n      taints: [{key: -a, effect: NoSchedule}]",
      message:
        'dev.yaml:17 nodePools.gpu.l4.taints[0].key: must have a key that Kubernetes accepts, got "-a"; allowed: for example workload, example.com/workload',
    },
    {
      behaviour: "refuses a taint value that Kubernetes refuses",
      before: "maxSize: 2",
      after: "maxSize: 2\n      taints: [{key: a, value: '-', effect: NoSchedule}]",
      message:
        'dev.yaml:17 nodePools.gpu.l4.taints[0].value: must have a value that Kubernetes accepts, got "-"; allowed: at most 63 letters, digits, hyphens, underscores and dots, a letter or digit at both ends',
    },
    {
      behaviour: "refuses an effect that does not exist",
      before: "maxSize: 2",
      after: "maxSize: 2\n      taints: [{key: a, effect: NO_SCHEDULE}]",
      message:
        'dev.yaml:17 nodePools.gpu.l4.taints[0].effect: must be one of the allowed values, got "NO_SCHEDULE"; allowed: NoSchedule, PreferNoSchedule, NoExecute',
    },
    {
      behaviour: "refuses the same taint twice",
      before: "maxSize: 2",
      after: "maxSize: 2\n      taints: [{key: a, effect: NoSchedule}, {key: a, value: b, effect: NoSchedule}]",
      message:
        'dev.yaml:17 nodePools.gpu.l4.taints[1]: must not repeat key and effect of another taint, got "a:NoSchedule"',
    },
  ])("$behaviour", ({ before, after, message }) => {
    expect(refusal(withChange(before, after))).toBe(message);
  });

  test.each([
    {
      behaviour: "accepts prefixed keys and empty values",
      before: "maxSize: 2",
      after: "maxSize: 2\n      labels: {example.com/team: ''}",
    },
    {
      behaviour: "accepts a label value of 63 characters",
      before: "maxSize: 2",
      after: "maxSize: 2\n      labels: {team: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}",
    },
    {
      behaviour: "accepts one key with two effects",
      before: "maxSize: 2",
      after: "maxSize: 2\n      taints: [{key: a, effect: NoSchedule}, {key: a, effect: NoExecute}]",
    },
  ])("$behaviour", ({ before, after }) => {
    expect(refusal(withChange(before, after))).toBe("");
  });
});
