import type { Graph } from "../../../engine/graph";
import type { Resource } from "../../../engine/subject";
import { TRAFFIC_TYPES } from "../../private/security-group-traffic";

/** Types that run workloads or keep data, and never face the internet themselves. */
const WORKLOADS: ReadonlySet<string> = new Set([
  "aws_autoscaling_group",
  "aws_db_instance",
  "aws_ecs_service",
  "aws_efs_mount_target",
  "aws_eks_cluster",
  "aws_eks_node_group",
  "aws_elasticache_cluster",
  "aws_elasticache_replication_group",
  "aws_elasticache_serverless_cache",
  "aws_fsx_lustre_file_system",
  "aws_instance",
  "aws_lambda_function",
  "aws_launch_template",
  "aws_msk_cluster",
  "aws_opensearch_domain",
  "aws_rds_cluster",
  "aws_sagemaker_domain",
  "aws_sagemaker_notebook_instance",
]);

const BALANCERS: ReadonlySet<string> = new Set(["aws_lb", "aws_alb", "aws_elb"]);

/** What a rule of a security group, or a group with rules in it, is for: the resources that are in the group. */
export function usersOf(resource: Resource, graph: Graph): readonly Resource[] {
  const isGroup = /^aws_(default_)?security_group$/.test(resource.type);
  const groups = isGroup ? [resource] : graph.targets(resource.at("security_group_id"));
  return groups.flatMap((group) =>
    WORKLOADS.has(group.type)
      ? [group]
      : graph.referrers(group).filter(({ type }) => !(TRAFFIC_TYPES as readonly string[]).includes(type)),
  );
}

/** Whether it runs workloads or keeps data. */
export function isWorkload({ type }: Resource): boolean {
  return WORKLOADS.has(type);
}

/** Whether it balances load. */
export function isBalancer({ type }: Resource): boolean {
  return BALANCERS.has(type);
}
