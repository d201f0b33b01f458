import { PlannedResources } from "../../../cloning/preflight/planned-resources";
import { environment, synthesizePlatforms } from "../../support/platform";
import { preflightPlan } from "../../../cloning/preflight/plan";
import { STACKS } from "./fixture";

test("resources are counted over all stacks, those of another region left out", () => {
  const planned = new PlannedResources(STACKS);
  expect(planned.count("aws_subnet")).toBe(3);
  expect(planned.count("aws_s3_bucket")).toBe(1);
  expect(planned.count("aws_db_instance")).toBe(0);
});

test("values that are known only after apply are no names", () => {
  expect(new PlannedResources(STACKS).texts("aws_iam_role", "name")).toEqual(["atlas-dev-eks-node-l4"]);
});

test("the stacks of this repository have names of every kind that is looked up", () => {
  const config = environment("atlas/dev");
  const { names, needs } = preflightPlan(config, Object.values(synthesizePlatforms([config]).texts));
  const found = names.map(({ kind, name }) => `${kind} ${name}`);
  expect(found).toEqual(
    expect.arrayContaining([
      "bucket atlas-dev-models-111111111111-us-east-1",
      "cluster atlas-dev",
      "alias alias/atlas-dev-data",
      "log-group /aws/eks/atlas-dev/cluster",
      "role atlas-dev-eks-node-system",
    ]),
  );
  const amounts = Object.fromEntries(needs.map(({ quota, amount }) => [quota.name, amount]));
  expect(amounts).toMatchObject({ vpcs: 1, "eks-clusters": 1, "elastic-ips": 1, "nat-gateways-per-zone": 1 });
});
