import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeInventory } from "../../../sandbox/deploy/inventory";

test("resources are counted by kind over all stacks, GPU and Neuron pools apart", () => {
  const output = mkdtempSync(join(tmpdir(), "inventory-"));
  const write = (stack: string, resource: object): void => {
    mkdirSync(join(output, "stacks", stack), { recursive: true });
    writeFileSync(join(output, "stacks", stack, "cdk.tf.json"), JSON.stringify({ resource }));
  };
  write("a-dev-network", { aws_vpc: { V: {} }, aws_subnet: { A: {}, B: {} }, aws_route: { R: {} } });
  write("a-dev-cluster", {
    aws_eks_cluster: { C: {} },
    aws_eks_node_group: {
      System: { ami_type: "AL2023_x86_64_STANDARD" },
      L4: { ami_type: "AL2023_x86_64_NVIDIA" },
      A100: { ami_type: "BOTTLEROCKET_x86_64_NVIDIA" },
      Inf2: { ami_type: "AL2023_x86_64_NEURON" },
    },
  });
  expect(takeInventory(output, ["a-dev-network", "a-dev-cluster", "a-dev-absent"])).toEqual([
    { kind: "VPC", count: 1 },
    { kind: "subnets", count: 2 },
    { kind: "EKS cluster", count: 1 },
    { kind: "node pool", count: 1 },
    { kind: "GPU node pools", count: 2 },
    { kind: "Neuron node pool", count: 1 },
  ]);
  rmSync(output, { recursive: true });
});
