import type { Block, Complement } from "../mutants/mutant";

const change = (address: string, before: object, after: object): Block => ({
  address,
  type: address.split(".")[0],
  change: { actions: ["update"], before, after },
});
const created = (address: string, after: object): Block => ({
  address,
  type: address.split(".")[0],
  change: { actions: ["create"], before: null, after },
});
const both = (address: string, values: object): Block => change(address, values, values);

/** A plan that changes a bit of everything and loses nothing. */
export const compliant: Complement = {
  changes: [
    both("aws_db_instance.runs", { identifier: "runs", deletion_protection: true, skip_final_snapshot: false }),
    both("aws_s3_bucket.models", { bucket: "atlas-models", force_destroy: false }),
    both("aws_kms_key.data", { description: "data", is_enabled: true }),
    both("aws_eks_node_group.gpu", { node_group_name: "gpu", ami_type: "AL2023_x86_64_NVIDIA" }),
    both("kubernetes_namespace_v1.serving", { metadata: [{ name: "serving" }] }),
    both("aws_iam_role.reader", { name: "atlas-prod-reader", path: "/", tags: { Owner: "ml" } }),
    created("aws_iam_role.writer", { name: "atlas-prod-writer", path: "/", tags: { Owner: "ml" } }),
    created("aws_secretsmanager_secret.tracking", { name: "tracking" }),
  ],
};
