import { put, resourceOf } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";

function changed(rule: string, what: string, [type, name, path]: readonly string[], value: unknown): Mutant {
  return {
    rule,
    what,
    change: (environment: CompliantEnvironment): void => put(resourceOf(environment, type!, name!), path!, value),
  };
}

const disk = ["aws_launch_template", "SystemPool", "block_device_mappings.ebs.volume_type"];

function add({ stacks, stage }: CompliantEnvironment, type: string, name: string, resource: Block): void {
  const json = stacks[`atlas-${stage}-network`]!;
  json.resource![type] = { ...json.resource![type], [name]: resource };
}

/** Tags that everything of the network stack gets. */
function tagsOf({ stacks, stage }: CompliantEnvironment): Block {
  const { provider } = stacks[`atlas-${stage}-network`] as { provider: { aws: { default_tags: { tags: Block }[] }[] } };
  return provider.aws[0]!.default_tags[0]!.tags;
}

/** One broken attribute for each rule of costs. */
export const mutants: readonly Mutant[] = [
  {
    rule: "FD-COST-001",
    what: "there is no budget",
    change: ({ stacks }: CompliantEnvironment): void => {
      for (const { resource } of Object.values(stacks)) delete resource?.["aws_budgets_budget"];
    },
  },
  changed("FD-COST-002", "nobody hears of a budget", ["aws_budgets_budget", "Budget_", "notification"], undefined),
  {
    ...changed(
      "FD-COST-003",
      "a GPU is on demand in development",
      ["aws_eks_node_group", "GpuPool-l4", "capacity_type"],
      "ON_DEMAND",
    ),
    stage: "dev",
  },
  {
    rule: "FD-COST-004",
    what: "development gets a second NAT gateway",
    stage: "dev",
    change: (environment: CompliantEnvironment): void => {
      const gateway = resourceOf(environment, "aws_nat_gateway");
      add(environment, "aws_nat_gateway", "Second", { ...gateway });
    },
  },
  {
    rule: "FD-COST-005",
    what: "the cap is below the vCPUs that may run",
    change: ({ thresholds }: CompliantEnvironment): void => {
      thresholds.maxVcpus = 512;
    },
  },
  {
    rule: "FD-COST-006",
    what: "the cap is below what the nodes may cost",
    change: ({ thresholds }: CompliantEnvironment): void => {
      thresholds.maxMonthlyUsd = 50_000;
    },
  },
  {
    rule: "FD-COST-007",
    what: "nothing says who the owner is",
    change: (environment: CompliantEnvironment): void => {
      delete tagsOf(environment)["Owner"];
    },
  },
  changed("FD-COST-008", "a disk is of type gp2", disk, "gp2"),
  { ...changed("FD-COST-009", "a disk has provisioned IOPS in development", disk, "io2"), stage: "dev" },
  {
    rule: "FD-COST-010",
    what: "an address is kept that nothing uses",
    change: (environment: CompliantEnvironment): void => add(environment, "aws_eip", "Spare", { domain: "vpc" }),
  },
  {
    ...changed(
      "FD-COST-011",
      "an endpoint stands in two zones in development",
      ["aws_vpc_endpoint", "Sts", "subnet_ids"],
      ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    ),
    stage: "dev",
  },
  {
    ...changed("FD-COST-012", "a database has a standby in development", ["aws_db_instance", "", "multi_az"], true),
    stage: "dev",
  },
  {
    rule: "FD-COST-013",
    what: "nothing says until when development is needed",
    stage: "dev",
    given: (environment: CompliantEnvironment): void => {
      tagsOf(environment)["ExpiresOn"] = "2026-12-31";
    },
    change: (environment: CompliantEnvironment): void => {
      delete tagsOf(environment)["ExpiresOn"];
    },
  },
];
