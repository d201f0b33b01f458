import { accepted, refusal, VALID, withChange } from "../environment-fixture";

const withTeams = (teams: string) => withChange("", `teams: ${teams}\n`);

describe("teams", () => {
  test.each([
    [
      "a part of a pool that does not exist",
      "{vision: {namespaces: [vision], quotas: {l5: {gpus: 1}}}}",
      'dev.yaml:17 teams.vision.quotas.l5: must be the name of a pool, got "l5"; allowed: system, l4',
    ],
    [
      "GPUs of a pool without any",
      "{vision: {namespaces: [vision], quotas: {system: {gpus: 1}}}}",
      "dev.yaml:17 teams.vision.quotas.system.gpus: must be left out: system has no accelerators, got 1",
    ],
    [
      "more GPUs than the pool can have",
      "{vision: {namespaces: [vision], quotas: {l4: {gpus: 2}}}, speech: {namespaces: [speech], quotas: {l4: {gpus: 1}}}}",
      'dev.yaml:17 teams.speech.quotas.l4.gpus: must leave the sum over all teams at 2 or less, what 2 nodes of l4 have, got "1, sum 3"',
    ],
    [
      "more CPU cores than a pool with GPUs can have",
      "{vision: {namespaces: [vision], quotas: {l4: {cpus: 16}}}, speech: {namespaces: [speech], quotas: {l4: {cpus: 1}}}}",
      'dev.yaml:17 teams.speech.quotas.l4.cpus: must leave the sum over all teams at 16 or less, what 2 nodes of l4 have, got "1, sum 17"',
    ],
    [
      "more memory than a pool with GPUs can have",
      "{vision: {namespaces: [vision], quotas: {l4: {memoryGiB: 65}}}}",
      'dev.yaml:17 teams.vision.quotas.l4.memoryGiB: must leave the sum over all teams at 64 or less, what 2 nodes of l4 have, got "65, sum 65"',
    ],
    [
      "a namespace of two teams",
      "{vision: {namespaces: [shared]}, speech: {namespaces: [shared]}}",
      'dev.yaml:17 teams.speech.namespaces[0]: must not be a namespace of teams.vision too, got "shared"',
    ],
    [
      "a namespace of Kubernetes",
      "{vision: {namespaces: [kube-system]}}",
      'dev.yaml:17 teams.vision.namespaces[0]: must not be a namespace of Kubernetes or of a controller, got "kube-system"',
    ],
    [
      "a namespace of a controller",
      "{vision: {namespaces: [keda]}}",
      'dev.yaml:17 teams.vision.namespaces[0]: must not be a namespace of Kubernetes or of a controller, got "keda"',
    ],
    [
      "no namespace",
      "{vision: {namespaces: []}}",
      "dev.yaml:17 teams.vision.namespaces: must name at least one namespace, got []",
    ],
  ])("cannot have %s", (_what, teams, message) => {
    expect(refusal(withTeams(teams))).toBe(message);
  });

  test("may own all that a pool can have, shares of GPUs counted", () => {
    const shared = `${VALID.trimEnd()}\n      sharing: {timeSlicing: {replicas: 4}}\n`;
    const teams = "teams: {vision: {namespaces: [vision], quotas: {l4: {gpus: 8}}}}\n";
    expect(refusal(shared + teams)).toBe("");
    expect(refusal(shared + teams.replace("8", "9"))).toContain("at 8 or less");
  });

  test("own no more CPU cores and memory than a pool without accelerators can have", () => {
    const batch = VALID.replace(
      "  gpu:\n",
      "  cpu: {batch: {instanceTypes: [c7i.xlarge, c7i.2xlarge], minSize: 0, desiredSize: 0, maxSize: 3}}\n  gpu:\n",
    );
    const own = (quota: string) =>
      refusal(`${batch}teams: {vision: {namespaces: [vision], quotas: {batch: ${quota}}}}\n`);
    const most = (amount: number) =>
      `must leave the sum over all teams at ${amount} or less, what 3 nodes of batch have`;
    expect(own("{cpus: 24, memoryGiB: 48}")).toBe("");
    expect(own("{cpus: 25}")).toBe(`dev.yaml:18 teams.vision.quotas.batch.cpus: ${most(24)}, got "25, sum 25"`);
    expect(own("{memoryGiB: 49}")).toBe(
      `dev.yaml:18 teams.vision.quotas.batch.memoryGiB: ${most(48)}, got "49, sum 49"`,
    );
  });

  test("have names of at most 63 characters", () => {
    const named = (length: number) => refusal(withTeams(`{${"t".repeat(length)}: {namespaces: [vision]}}`));
    const name = "t".repeat(64);
    expect(named(63)).toBe("");
    expect(named(64)).toBe(
      `dev.yaml:17 teams.${name}: must have a name of at most 63 characters, which becomes a label, got "${name}"`,
    );
  });

  test("borrow what others leave idle, unless told otherwise", () => {
    const { teams } = accepted(withTeams("{vision: {namespaces: [vision], quotas: {l4: {gpus: 1}}}}"));
    expect(teams.vision?.quotas.l4).toEqual({ gpus: 1, borrow: true });
  });
});
