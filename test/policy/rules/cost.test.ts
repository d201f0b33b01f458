import type { Example } from "../../../policy/engine/rule";
import { costAddressInUse } from "../../../policy/rules/cost/cost-address-in-use";
import { costBudgetExists } from "../../../policy/rules/cost/cost-budget-exists";
import { costGp3 } from "../../../policy/rules/cost/cost-gp3";
import { costMonthlyCap } from "../../../policy/rules/cost/cost-monthly-cap";
import { costTags } from "../../../policy/rules/cost/cost-tags";
import { costVcpuCap } from "../../../policy/rules/cost/cost-vcpu-cap";
import { resources, said } from "./private/said";

const pools = (...pools: readonly (readonly [string, unknown])[]): Example =>
  resources({
    aws_eks_node_group: Object.fromEntries(
      pools.map(([type, largest], index) => [
        `pool${index}`,
        { instance_types: [type], scaling_config: { max_size: largest } },
      ]),
    ),
  });

test("no budget is asked of an environment without nodes, and one for usage is none", () => {
  expect(said(costBudgetExists, resources({ aws_vpc: { main: {} } }))).toEqual([]);
  const usage = { aws_eks_node_group: { a: {} }, aws_budgets_budget: { hours: { budget_type: "USAGE" } } };
  expect(said(costBudgetExists, resources(usage))).toEqual([
    'fail: an `aws_budgets_budget` with `budget_type` "COST" must exist, got none',
  ]);
});

describe("the caps", () => {
  test("on vCPUs name the largest group", () => {
    const example = { ...pools(["m7i.large", 4], ["c7i.4xlarge", 8]), thresholds: { maxVcpus: 128 } };
    expect(said(costVcpuCap, example)).toEqual([
      "fail: the environment must have at most 128 vCPUs at its largest, got 136, 128 of them here",
    ]);
  });

  test("on cost are in dollars a month, by the prices of the region", () => {
    const example = { ...pools(["p5.48xlarge", 2]), thresholds: { maxMonthlyUsd: 80_000 } };
    expect(said(costMonthlyCap, example)).toEqual([
      "fail: the environment must cost at most 80,000 USD a month at its largest, on demand, got 80,358 USD, 80,358 of them here",
    ]);
  });

  test("on cost are unknown for a type that is not sold on demand, or that the catalogue does not know", () => {
    for (const type of ["p5e.48xlarge", "z1d.large"])
      expect(said(costMonthlyCap, pools([type, 1]))).toEqual([
        "unknown: the environment must cost at most 500,000 USD a month at its largest, on demand, got 0 USD without aws_eks_node_group.pool0",
      ]);
  });

  test("count a group of no nodes as nothing, whatever its types", () => {
    expect(said(costMonthlyCap, pools(["z1d.large", 0]))).toEqual([]);
  });
});

describe("cost tags", () => {
  const tagged = (...tags: readonly (readonly string[])[]): Example => ({
    terraform: {
      provider: {
        aws: tags.map((keys, index) => ({
          ...(index > 0 && { alias: "replica" }),
          default_tags: [{ tags: Object.fromEntries(keys.map((key) => [key, "x"])) }],
        })),
      },
    },
  });

  test("may have other names, in any case", () => {
    expect(said(costTags, tagged(["application", "environment", "team"]))).toEqual([]);
  });

  test("are asked of each configuration of the provider", () => {
    expect(said(costTags, tagged(["Project", "Stage", "Owner"], ["Project"]))).toEqual([
      'fail: `default_tags.tags` must hold Stage, Owner, got {"Project":"x"}',
    ]);
  });
});

test("an address that an output hands on is in use", () => {
  const address = { resource: { aws_eip: { nlb: { domain: "vpc" } } } };
  expect(said(costAddressInUse, { terraform: { ...address, output: { ip: { value: "${aws_eip.nlb.id}" } } } })).toEqual(
    [],
  );
  expect(said(costAddressInUse, { terraform: address })).toEqual([
    "fail: the address must be used, and nothing refers to it",
  ]);
});

test("types of volumes are read from storage classes too", () => {
  const classes = { kubernetes_storage_class_v1: { gp2: { parameters: { type: "gp2" } } } };
  expect(said(costGp3, resources(classes))).toEqual(['fail: `parameters.type` must be "gp3", got "gp2"']);
});
