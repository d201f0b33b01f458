import { refusal, withChange } from "./environment-fixture";

describe("types, unknown keys and required values", () => {
  test.each([
    {
      behaviour: "refuses an unknown key, names the nearest, and tells what is missing",
      before: "owner:",
      after: "ownr:",
      message: [
        'dev.yaml:1 owner: is required; allowed: for example "ml-platform@example.com"',
        'dev.yaml:5 ownr: is not a known key (did you mean "owner"?); allowed: project, stage, account, region, owner, expiresOn, tags, state, protection, network, data, cluster, nodePools, podRoles, teams, controllers, observability, ci, budgets',
      ].join("\n"),
    },
    {
      behaviour: "refuses an unknown nested key",
      before: "zones:",
      after: "zone:",
      message: [
        'dev.yaml:6 network.zones: is required; allowed: for example ["us-east-1a","us-east-1b"]',
        'dev.yaml:8 network.zone: is not a known key (did you mean "zones"?); allowed: cidr, zones, podCidr, nat, interfaceEndpoints, flowLogs',
      ].join("\n"),
    },
    {
      behaviour: "suggests nothing for a key that is like no other",
      before: "",
      after: "xylophone: 1\n",
      message:
        "dev.yaml:17 xylophone: is not a known key; allowed: project, stage, account, region, owner, expiresOn, tags, state, protection, network, data, cluster, nodePools, podRoles, teams, controllers, observability, ci, budgets",
    },
    {
      behaviour: "requires a value behind a required key",
      before: "10.20.0.0/16",
      after: "",
      message: 'dev.yaml:7 network.cidr: is required; allowed: for example "10.20.0.0/16"',
    },
    {
      behaviour: "requires a value where null hides the stage's",
      before: "network:",
      after: "network:\n  nat: null",
      message: "dev.yaml:7 network.nat: is required; allowed: none, single, per-zone",
    },
    {
      behaviour: "requires a value where null hides one that follows from others",
      before: "",
      after: "state: {bucket: ~}\n",
      message: "dev.yaml:17 state.bucket: is required",
    },
    {
      behaviour: "refuses null where the schema has a default",
      before: "",
      after: "tags: ~\n",
      message: "dev.yaml:17 tags: must be a map of settings, got null",
    },
    {
      behaviour: "refuses null for a pool",
      before: "",
      after: "  cpu: {batch: null}\n",
      message: "dev.yaml:17 nodePools.cpu.batch: must be a map of settings, got null",
    },
    {
      behaviour: "refuses null behind an unknown key",
      before: "zones:",
      after: "zonen: null\n  zones:",
      message:
        'dev.yaml:8 network.zonen: is not a known key (did you mean "zones"?); allowed: cidr, zones, podCidr, nat, interfaceEndpoints, flowLogs',
    },
    {
      behaviour: "refuses an account that is a number, which loses leading zeros",
      before: '"111111111111"',
      after: "011111111111",
      message: 'dev.yaml:3 account: must be text, in quotes, got 11111111111; allowed: for example "111111111111"',
    },
    {
      behaviour: "refuses an account of 11 digits",
      before: '"111111111111"',
      after: '"11111111111"',
      message:
        'dev.yaml:3 account: must be 12 digits in quotes, got "11111111111"; allowed: for example "111111111111"',
    },
    {
      behaviour: "refuses an account of 13 digits",
      before: '"111111111111"',
      after: '"1111111111111"',
      message:
        'dev.yaml:3 account: must be 12 digits in quotes, got "1111111111111"; allowed: for example "111111111111"',
    },
    {
      behaviour: "refuses an owner that is no e-mail address",
      before: "ml-platform@example.com",
      after: "ml-platform",
      message:
        'dev.yaml:5 owner: must be an e-mail address, got "ml-platform"; allowed: for example "ml-platform@example.com"',
    },
    {
      behaviour: "refuses text in place of a list",
      before: "[us-east-1a, us-east-1b]",
      after: "us-east-1a",
      message:
        'dev.yaml:8 network.zones: must be a list, got "us-east-1a"; allowed: for example ["us-east-1a","us-east-1b"]',
    },
    {
      behaviour: "refuses text in place of a number",
      before: "maxSize: 2",
      after: "maxSize: two",
      message: 'dev.yaml:16 nodePools.gpu.l4.maxSize: must be a whole number, got "two"',
    },
    {
      behaviour: "refuses text in place of a truth value",
      before: "cluster:",
      after: "cluster:\n  endpoint: {public: 'yes'}",
      message: 'dev.yaml:10 cluster.endpoint.public: must be true or false, got "yes"',
    },
    {
      behaviour: "refuses a list in place of a map",
      before: "",
      after: "tags: [a]\n",
      message: 'dev.yaml:17 tags: must be a map of settings, got ["a"]',
    },
    {
      behaviour: "refuses a number that no computer counts to",
      before: "maxSize: 2",
      after: "maxSize: 1e300",
      message: "dev.yaml:16 nodePools.gpu.l4.maxSize: must be at most 9007199254740991, got 1e+300",
    },
    {
      behaviour: "refuses an item of the wrong type and still checks the others",
      before: "[us-east-1a, us-east-1b]",
      after: "[us-east-1a, 5, us-west-2a]",
      message: [
        "dev.yaml:8 network.zones[1]: must be text, in quotes, got 5",
        'dev.yaml:8 network.zones[2]: must be a zone of us-east-1, got "us-west-2a"; allowed: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f',
      ].join("\n"),
    },
    {
      behaviour: "refuses a state bucket that S3 refuses",
      before: "",
      after: "state: {bucket: A_B}\n",
      message:
        'dev.yaml:17 state.bucket: must be a bucket name: 3 to 63 lower-case letters, digits and hyphens, got "A_B"',
    },
    {
      behaviour: "refuses a stage that does not exist",
      before: "stage: dev",
      after: "stage: qa",
      message: 'dev.yaml:2 stage: must be one of the allowed values, got "qa"; allowed: dev, staging, prod',
    },
  ])("$behaviour", ({ before, after, message }) => {
    expect(refusal(withChange(before, after))).toBe(message);
  });

  test.each([
    {
      behaviour: "accepts a state bucket of the file's own",
      before: "",
      after: "state: {bucket: acme-terraform-states}\n",
    },
  ])("$behaviour", ({ before, after }) => {
    expect(refusal(withChange(before, after))).toBe("");
  });
});
