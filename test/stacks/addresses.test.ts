import { allEnvironments, readStack, synthesizePlatforms } from "../support/platform";

/** Resources that hold data, or that all else stands on: replacing one is an outage or a loss. */
const STATEFUL = [
  "aws_cloudformation_stack",
  "aws_cloudwatch_log_group",
  "aws_db_instance",
  "aws_ecr_repository",
  "aws_eip",
  "aws_eks_cluster",
  "aws_elasticache_replication_group",
  "aws_kms_alias",
  "aws_kms_key",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
  "aws_subnet",
  "aws_vpc",
  "kubernetes_namespace_v1",
  "kubernetes_storage_class_v1",
];

/**
 * The addresses that these resources have in the states of all environments. Terraform destroys a resource whose address
 * changes and makes another, so a new address means data lost or moved by hand (`moved` blocks), not a line changed here.
 * New resources are added.
 */
const PINNED: Record<string, readonly string[]> = {
  cluster: [
    "aws_cloudwatch_log_group.Cluster_LogGroup_172FC6DD",
    "aws_eks_cluster.Cluster_EB0386A7",
    "aws_kms_alias.DiskKey_Alias_833B2C85",
    "aws_kms_alias.Key_Alias_6C2E2031",
    "aws_kms_key.DiskKey_862D3836",
    "aws_kms_key.Key_961B73FD",
  ],
  controllers: [
    "kubernetes_namespace_v1.CertManagerNamespace_14F64AE3",
    "kubernetes_namespace_v1.DevicePluginNamespace_53447D65",
    "kubernetes_namespace_v1.ExternalSecretsNamespace_9D68FA69",
    "kubernetes_namespace_v1.KedaNamespace_A005834D",
    "kubernetes_namespace_v1.KueueNamespace_77EFF53B",
    "kubernetes_namespace_v1.TeamNamespace-notebooks_88BF34EF",
    "kubernetes_namespace_v1.TeamNamespace-rehearsal_BCEA053C",
    "kubernetes_namespace_v1.TeamNamespace-research_4A2291EE",
    "kubernetes_namespace_v1.TeamNamespace-training_E0CD2824",
    "kubernetes_storage_class_v1.DefaultStorage_D992AAF5",
  ],
  data: [
    "aws_cloudformation_stack.Cache_PasswordUser_03B7F89A",
    "aws_cloudwatch_log_group.Cache_EngineLog_81E5CA37",
    "aws_cloudwatch_log_group.Cache_SlowLog_7A83D7CB",
    "aws_cloudwatch_log_group.Database_ServerLogs_52AC25FA",
    "aws_cloudwatch_log_group.Database_SignInErrorLogs_F7D9FD8B",
    "aws_cloudwatch_log_group.Database_UpgradeLogs_35B6E6E9",
    "aws_db_instance.Database_B269D8BB",
    "aws_ecr_repository.Images-model-monitor_6207DB0F",
    "aws_ecr_repository.Images-serving_F57C688B",
    "aws_ecr_repository.Images-training_FF667A80",
    "aws_elasticache_replication_group.Cache_18F6EE16",
    "aws_kms_alias.Key_Alias_6C2E2031",
    "aws_kms_alias.ReplicaKey_Alias_323C4A06",
    "aws_kms_key.Key_961B73FD",
    "aws_kms_key.ReplicaKey_4DE8F013",
    "aws_s3_bucket.AccessLogs_8B620ECA",
    "aws_s3_bucket.Artifacts_82DD59A1",
    "aws_s3_bucket.DatasetsReplica_2103A1B8",
    "aws_s3_bucket.Datasets_0030EE04",
    "aws_s3_bucket.Logs_6819BB44",
    "aws_s3_bucket.ModelsReplica_6C56D1E4",
    "aws_s3_bucket.Models_C55D3500",
    "aws_secretsmanager_secret.AlertingSecret_8146755C",
    "aws_secretsmanager_secret.GrafanaSecret_D6CE09B4",
  ],
  network: [
    "aws_cloudwatch_log_group.Vpc_FlowLogs_LogGroup_83885117",
    "aws_eip.Vpc_NatAddressA_46D46B13",
    "aws_eip.Vpc_NatAddressB_68B64D59",
    "aws_eip.Vpc_NatAddressD_9AFF0C65",
    "aws_kms_alias.Key_Alias_6C2E2031",
    "aws_kms_key.Key_961B73FD",
    "aws_subnet.Vpc_PodSubnetA_A9E0FA62",
    "aws_subnet.Vpc_PodSubnetB_9BEB7DD3",
    "aws_subnet.Vpc_PodSubnetD_363DAE4C",
    "aws_subnet.Vpc_PrivateSubnetA_43FE330F",
    "aws_subnet.Vpc_PrivateSubnetB_6F9407CD",
    "aws_subnet.Vpc_PrivateSubnetD_4B26F9A5",
    "aws_subnet.Vpc_PublicSubnetA_6D2CD58D",
    "aws_subnet.Vpc_PublicSubnetB_E8D955AF",
    "aws_subnet.Vpc_PublicSubnetD_EB6CD35F",
    "aws_vpc.Vpc_8378EB38",
  ],
  observability: [
    "aws_cloudwatch_log_group.Logs_LogGroup_2D29F7A4",
    "kubernetes_namespace_v1.AgentsNamespace_851BBCC1",
    "kubernetes_namespace_v1.Namespace_9B63B8C8",
  ],
};

test("no stateful resource changes its address", () => {
  expect(statefulAddresses()).toEqual(PINNED);
});

/** By layer, over all environments. */
function statefulAddresses(): Record<string, readonly string[]> {
  const { texts } = synthesizePlatforms(allEnvironments());
  const byLayer = new Map<string, Set<string>>();
  for (const [id, text] of Object.entries(texts)) {
    const out = readStack(text);
    const layer = id.split("-").at(-1)!;
    const found = STATEFUL.flatMap((type) => Object.values(out.addresses(type)));
    byLayer.set(layer, new Set([...(byLayer.get(layer) ?? []), ...found]));
  }
  return Object.fromEntries([...byLayer].map(([layer, addresses]) => [layer, [...addresses].sort()]));
}
