import { refusal, withChange } from "../environment-fixture";

describe("the control plane", () => {
  test.each([
    {
      behaviour: "refuses a version out of support",
      before: '"1.36"',
      after: '"1.30"',
      message:
        'dev.yaml:10 cluster.version: must be a Kubernetes version that EKS still supports (1.30 ended on 2026-07-23), got "1.30"; allowed: 1.36, 1.35, 1.34, 1.33, 1.32, 1.31',
    },
    {
      behaviour: "refuses a version that does not exist",
      before: '"1.36"',
      after: '"1.63"',
      message:
        'dev.yaml:10 cluster.version: must be a Kubernetes version of EKS (did you mean "1.33"?), got "1.63"; allowed: 1.36, 1.35, 1.34, 1.33, 1.32, 1.31',
    },
    {
      behaviour: "refuses a version without quotes, which YAML reads as a number",
      before: '"1.36"',
      after: "1.30",
      message: 'dev.yaml:10 cluster.version: must be text, in quotes, got 1.3; allowed: for example "1.36"',
    },
    {
      behaviour: "refuses an environment nobody administers",
      before: '["arn:aws:iam::111111111111:role/platform-admin"]',
      after: "[]",
      message:
        "dev.yaml:11 cluster.admins: must name at least one role, or nobody could administer the cluster, got []",
    },
    {
      behaviour: "refuses a role of another account",
      before: "iam::111111111111",
      after: "iam::222222222222",
      message:
        'dev.yaml:11 cluster.admins[0]: must be a role of the environment\'s own account, got "arn:aws:iam::222222222222:role/platform-admin"; allowed: a role of account 111111111111',
    },
    {
      behaviour: "refuses a role of another partition",
      before: "arn:aws:iam",
      after: "arn:aws-cn:iam",
      message:
        'dev.yaml:11 cluster.admins[0]: must be a role of the partition that us-east-1 is in, got "arn:aws-cn:iam::111111111111:role/platform-admin"; allowed: arn:aws:iam::…',
    },
    {
      behaviour: "refuses what is no role",
      before: "arn:aws:iam::111111111111:role/platform-admin",
      after: "arn:aws:iam::111111111111:user/jo",
      message:
        'dev.yaml:11 cluster.admins[0]: must be the ARN of an IAM role, got "arn:aws:iam::111111111111:user/jo"; allowed: for example "arn:aws:iam::111111111111:role/platform-admin"',
    },
    {
      behaviour: "refuses a role named twice",
      before: '["arn:aws:iam::111111111111:role/platform-admin"]',
      after: '["arn:aws:iam::111111111111:role/a", "arn:aws:iam::111111111111:role/a"]',
      message: 'dev.yaml:11 cluster.admins[1]: must not name a role twice, got "arn:aws:iam::111111111111:role/a"',
    },
    {
      behaviour: "refuses a role that is admin and viewer",
      before: "cluster:",
      after: 'cluster:\n  viewers: ["arn:aws:iam::111111111111:role/platform-admin"]',
      message:
        'dev.yaml:10 cluster.viewers[0]: must not also be one of cluster.admins, got "arn:aws:iam::111111111111:role/platform-admin"',
    },
    {
      behaviour: "refuses a public endpoint that names no ranges",
      before: "cluster:",
      after: "cluster:\n  endpoint: {public: true}",
      message:
        "dev.yaml:10 cluster.endpoint.allowedCidrs: must name at least one range while cluster.endpoint.public is true, got []; allowed: for example 203.0.113.0/24, the range of an office or a VPN",
    },
    {
      behaviour: "refuses ranges while the endpoint is private",
      before: "cluster:",
      after: "cluster:\n  endpoint: {allowedCidrs: [203.0.113.0/24]}",
      message:
        'dev.yaml:10 cluster.endpoint.allowedCidrs: must be empty while cluster.endpoint.public is false, got ["203.0.113.0/24"]',
    },
    {
      behaviour: "refuses the whole internet",
      before: "cluster:",
      after: "cluster:\n  endpoint: {public: true, allowedCidrs: [0.0.0.0/0]}",
      message:
        'dev.yaml:10 cluster.endpoint.allowedCidrs[0]: must not be the whole internet: name the ranges that may reach the API server, got "0.0.0.0/0"; allowed: for example 203.0.113.0/24',
    },
    {
      behaviour: "refuses private ranges for the public endpoint",
      before: "cluster:",
      after: "cluster:\n  endpoint: {public: true, allowedCidrs: [10.1.0.0/16]}",
      message:
        'dev.yaml:10 cluster.endpoint.allowedCidrs[0]: must be a public range: EKS refuses private ones here, got "10.1.0.0/16"',
    },
    {
      behaviour: "refuses a range that does not start at its first address",
      before: "cluster:",
      after: "cluster:\n  endpoint: {public: true, allowedCidrs: [203.0.113.7/24]}",
      message:
        'dev.yaml:10 cluster.endpoint.allowedCidrs[0]: must start at the first address of the range, got "203.0.113.7/24"; allowed: 203.0.113.0/24',
    },
    {
      behaviour: "refuses a range that is none",
      before: "cluster:",
      after: "cluster:\n  endpoint: {public: true, allowedCidrs: [203.0.113.0/40]}",
      message:
        'dev.yaml:10 cluster.endpoint.allowedCidrs[0]: must be an IPv4 range in CIDR notation, got "203.0.113.0/40"; allowed: for example 203.0.113.0/24',
    },
    {
      behaviour: "refuses a retention CloudWatch does not offer",
      before: "cluster:",
      after: "cluster:\n  logRetentionDays: 15",
      message:
        "dev.yaml:10 cluster.logRetentionDays: must be a retention period of CloudWatch, in days, got 15; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    },
  ])("$behaviour", ({ before, after, message }) => {
    expect(refusal(withChange(before, after))).toBe(message);
  });

  test.each([
    { behaviour: "accepts a version in extended support", before: '"1.36"', after: '"1.31"' },
    {
      behaviour: "accepts a public endpoint for named ranges",
      before: "cluster:",
      after: "cluster:\n  endpoint: {public: true, allowedCidrs: [203.0.113.0/24, 198.51.100.7/32]}",
    },
    { behaviour: "accepts the shortest retention", before: "cluster:", after: "cluster:\n  logRetentionDays: 1" },
    { behaviour: "accepts the longest retention", before: "cluster:", after: "cluster:\n  logRetentionDays: 3653" },
    {
      behaviour: "accepts a role with a path",
      before: '["arn:aws:iam::111111111111:role/platform-admin"]',
      after: '["arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/Admin_1"]',
    },
  ])("$behaviour", ({ before, after }) => {
    expect(refusal(withChange(before, after))).toBe("");
  });
});
