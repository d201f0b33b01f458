import type { EnvironmentConfig } from "../../../config";
import { environment, synthesizedStack } from "../../support/platform";

const staging = environment("atlas/staging");

/** The cluster of an environment that has one GPU pool of these settings. */
function withGpuPool(settings: Partial<EnvironmentConfig["nodePools"]["gpu"][string]>) {
  const pool = { ...staging.nodePools.gpu["l4"]!, ...settings };
  const nodePools = { ...staging.nodePools, gpu: { pool } };
  const budgets = { ...staging.budgets, pools: {} };
  return synthesizedStack({ ...staging, nodePools, budgets, teams: {} }, "cluster");
}

const GROUP = "Cluster/GpuPool-pool/Resource";
const TEMPLATE = "Cluster/GpuPool-pool/LaunchTemplate";

test("a pool of a capacity block takes its instances out of the block, in its zone", () => {
  const out = withGpuPool({
    instanceTypes: ["p5.48xlarge"],
    capacity: "on-demand",
    zones: ["us-east-1b"],
    desiredSize: 0,
    efa: true,
    localStorage: "raid0",
    capacityBlock: { reservationId: "cr-0123456789abcdef0" },
  });
  expect(out.resource("aws_eks_node_group", GROUP)).toMatchObject({
    capacity_type: "CAPACITY_BLOCK",
    subnet_ids: [expect.stringContaining("PrivateSubnetB")],
  });
  expect(out.resource("aws_launch_template", TEMPLATE)).toMatchObject({
    instance_type: "p5.48xlarge",
    instance_market_options: { market_type: "capacity-block" },
    capacity_reservation_specification: {
      capacity_reservation_target: { capacity_reservation_id: "cr-0123456789abcdef0" },
    },
  });
  expect(out.resource("aws_launch_template", TEMPLATE)["network_interfaces"]).toHaveLength(32);
});

test("a pool of a reservation names it", () => {
  const out = withGpuPool({
    capacity: "on-demand",
    instanceTypes: ["g6.xlarge"],
    zones: ["us-east-1a"],
    reservation: { id: "cr-0123456789abcdef0" },
  });
  expect(out.resource("aws_launch_template", TEMPLATE)).toMatchObject({
    capacity_reservation_specification: {
      capacity_reservation_target: { capacity_reservation_id: "cr-0123456789abcdef0" },
    },
  });
});

test("sharing becomes labels, off-hours become schedules", () => {
  const out = synthesizedStack(environment("atlas/dev"), "cluster");
  const expressions = Object.values(out.resources("aws_scheduler_schedule")).map((one) => one["schedule_expression"]);
  expect(expressions.sort()).toEqual(["cron(0 20 ? * MON,TUE,WED,THU,FRI *)", "cron(0 7 ? * MON,TUE,WED,THU,FRI *)"]);
  expect(JSON.stringify(out.resource("aws_eks_node_group", "Cluster/GpuPool-l4/Resource")["labels"])).toContain("4");
});

test("a Neuron pool has its own taint", () => {
  const out = synthesizedStack(staging, "cluster");
  expect(out.resource("aws_eks_node_group", "Cluster/NeuronPool-inf2/Resource")).toMatchObject({
    taint: [{ key: "aws.amazon.com/neuron", value: "true", effect: "NO_SCHEDULE" }],
  });
});
