import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stackFolder } from "./stack-folder";

/** Resources of one kind that an environment consists of. */
export interface InventoryLine {
  /** Name of the kind for a reader, in singular or plural as the count demands. */
  readonly kind: string;
  readonly count: number;
}

interface NodeGroup {
  readonly ami_type?: string;
}

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const KINDS: readonly (readonly [type: string, singular: string, plural: string])[] = [
  ["aws_vpc", "VPC", "VPCs"],
  ["aws_subnet", "subnet", "subnets"],
  ["aws_nat_gateway", "NAT gateway", "NAT gateways"],
  ["aws_kms_key", "KMS key", "KMS keys"],
  ["aws_s3_bucket", "bucket", "buckets"],
  ["aws_db_instance", "database", "databases"],
  ["aws_elasticache_replication_group", "cache", "caches"],
  ["aws_ecr_repository", "image repository", "image repositories"],
  ["aws_eks_cluster", "EKS cluster", "EKS clusters"],
  ["aws_eks_addon", "add-on", "add-ons"],
  ["aws_iam_role", "IAM role", "IAM roles"],
  ["aws_budgets_budget", "budget", "budgets"],
];

/** Counts by kind what the synthesised stacks define; after a deploy that went well, all of it exists. */
export function takeInventory(outputFolder: string, stackIds: readonly string[]): InventoryLine[] {
  const stacks = stackIds.map((id) => resourcesOf(stackFolder(outputFolder, id)));
  const count = (type: string): number => stacks.reduce((sum, stack) => sum + Object.keys(stack[type] ?? {}).length, 0);
  const nodeGroups = stacks.flatMap((stack) => Object.values(stack.aws_eks_node_group ?? {})) as NodeGroup[];
  const gpu = nodeGroups.filter((group) => /NVIDIA|GPU/.test(group.ami_type ?? "")).length;
  const neuron = nodeGroups.filter((group) => /NEURON/.test(group.ami_type ?? "")).length;
  return [
    ...KINDS.map(([type, singular, plural]) => line(count(type), singular, plural)),
    line(nodeGroups.length - gpu - neuron, "node pool", "node pools"),
    line(gpu, "GPU node pool", "GPU node pools"),
    line(neuron, "Neuron node pool", "Neuron node pools"),
  ].filter((entry) => entry.count > 0);
}

function line(count: number, singular: string, plural: string): InventoryLine {
  return { kind: count === 1 ? singular : plural, count };
}

function resourcesOf(folder: string): Resources {
  const file = join(folder, "cdk.tf.json");
  if (!existsSync(file)) return {};
  return (JSON.parse(readFileSync(file, "utf8")) as { resource?: Resources }).resource ?? {};
}
