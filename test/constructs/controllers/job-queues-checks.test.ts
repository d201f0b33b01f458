import type { TerraformStack } from "cdktf";
import type { PoolQuota } from "../../../constructs/controllers/team-queue";
import { failure } from "../../support/fixtures";
import { defineQueues, queueObjects, type QueueOptions, research } from "../../support/queues";
import { kubernetesStack } from "../../support/kubernetes";
import { namespace } from "../../support/releases";

type Quotas = Readonly<Record<string, PoolQuota>>;

function refused(options: (stack: TerraformStack) => QueueOptions): string[] {
  const { code, message } = failure(() => defineQueues(kubernetesStack(), options));
  expect(code).toBe("INVALID_JOB_QUEUES_PROPS");
  expect(message).toMatch(/\n {2}in test\/Queues$/);
  return message.split("\n").slice(0, -1);
}

describe("JobQueues accept as much as a pool can have", () => {
  test.each<[string, Quotas, QueueOptions]>([
    ["shares of GPUs", { l4: { gpus: 16 } }, {}],
    ["GPUs", { training: { gpus: 32 } }, {}],
    ["cores and memory", { batch: { cpus: 40, memoryGiB: 160 } }, {}],
    ["more, where that is meant", { training: { gpus: 33 } }, { overcommit: ["training"] }],
  ])("%s", (_what, quotas, others) => {
    expect(queueObjects(research(quotas, others)).length).toBeGreaterThan(0);
  });
});

describe("JobQueues refuse", () => {
  test.each<[string, Quotas, string]>([
    [
      "more GPUs than a pool can have",
      { training: { gpus: 33 } },
      "`teams[].quotas.training.gpus` must sum up to at most 32 nvidia.com/gpu, what its 4 nodes have at most, " +
        'or `overcommit` name the pool, got {"research":33}',
    ],
    [
      "more shares",
      { l4: { gpus: 17 } },
      "`teams[].quotas.l4.gpus` must sum up to at most 16 nvidia.com/gpu.shared, what its 4 nodes have at most, " +
        'or `overcommit` name the pool, got {"research":17}',
    ],
    [
      "more cores",
      { batch: { cpus: 41, memoryGiB: 1 } },
      "`teams[].quotas.batch.cpus` must sum up to at most 40 cores, what its 10 nodes have at most, " +
        'or `overcommit` name the pool, got {"research":41}',
    ],
    [
      "more memory",
      { batch: { cpus: 1, memoryGiB: 161 } },
      "`teams[].quotas.batch.memoryGiB` must sum up to at most 160 GiB, what its 10 nodes have at most, " +
        'or `overcommit` name the pool, got {"research":161}',
    ],
    [
      "a pool that there is not",
      { trainin: { gpus: 1 } },
      "`teams[0].quotas.trainin` must be for a pool of the cluster (batch, l4, training, neuron), " +
        'did you mean "training"?, got "trainin"',
    ],
    [
      "GPUs of a pool without",
      { batch: { gpus: 1 } },
      "`teams[0].quotas.batch.gpus` must be left out: pool batch has no accelerators, got 1",
    ],
    ["half a GPU", { l4: { gpus: 0.5 } }, "`teams[0].quotas.l4.gpus` must be a whole number, 0 or more, got 0.5"],
    [
      "debts",
      { l4: { borrowingLimit: -1 } },
      "`teams[0].quotas.l4.borrowingLimit` must be a whole number, 0 or more, got -1",
    ],
    ["a team without a part", {}, "`teams[0].quotas` must name at least one pool and at most 64, got []"],
  ])("%s", (_what, quotas, line) => {
    expect(refused(research(quotas))).toEqual([line]);
  });

  test("the sum of two teams with the part of each", () => {
    const two = (stack: TerraformStack): QueueOptions => ({
      teams: [
        { name: "ranking", namespaces: [namespace(stack, "ranking")], quotas: { training: { gpus: 24 } } },
        { name: "research", namespaces: [namespace(stack, "training")], quotas: { training: { gpus: 16 } } },
      ],
    });

    expect(refused(two)).toEqual([
      "`teams[].quotas.training.gpus` must sum up to at most 32 nvidia.com/gpu, what its 4 nodes have at most, " +
        'or `overcommit` name the pool, got {"ranking":24,"research":16}',
    ]);
  });

  test("teams that are in each other's way, or that Kueue does not look at", () => {
    const teams = (stack: TerraformStack): QueueOptions => {
      const training = namespace(stack, "training");
      const quotas = { l4: { gpus: 1 } };
      return {
        teams: [
          { name: "a", namespaces: [training], quotas },
          { name: "a", namespaces: [training], quotas },
          { name: "B", namespaces: [], quotas },
          { name: "c", namespaces: [namespace(stack, "elsewhere")], quotas },
        ],
      };
    };

    expect(refused(teams)).toEqual([
      '`teams` must have a name of its own each, got ["a","a","B","c"]',
      "`teams[2].name` must be 1 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends, " +
        'got "B"',
      "`teams[2].namespaces` must hold at least one namespace, got []",
      "`teams[3].namespaces` must be among `managedNamespaces` of the controller: it looks at no other, " +
        'got ["elsewhere"]',
      '`teams` must have namespaces of their own, none in two teams, got ["training"]',
    ]);
  });

  test.each<[string, QueueOptions, string]>([
    ["no team", { teams: [] }, "`teams` must hold at least one team, got []"],
    [
      "a pool overcommitted of which nobody has a part",
      { overcommit: ["batch"] },
      '`overcommit` must be pools that a team has a part of, got ["batch"]',
    ],
    [
      "a cohort without a name",
      { cohortName: "" },
      '`cohortName` must be a DNS name: lower-case letters, digits, hyphens and dots, got ""',
    ],
    [
      "a priority that is not a number",
      { priorities: { high: 1.5 } },
      "`priorities.high` must be a whole number from -1000000000 to 1000000000, got 1.5",
    ],
    [
      "a priority without a proper name",
      { priorities: { High: 1 } },
      '`priorities.High` must be a DNS name: lower-case letters, digits, hyphens and dots, got "High"',
    ],
  ])("%s", (_what, others, line) => {
    expect(refused(research({ l4: { gpus: 1 } }, others))).toEqual([line]);
  });
});
