import { GROUP, preparedWorld } from "./elasticache-world";

describe("a replication group", () => {
  test("is available at once, with an endpoint for writing, one for reading, and a cluster for each node", async () => {
    const { cache } = await preparedWorld();
    await cache("CreateReplicationGroup", GROUP);
    const group = await cache("DescribeReplicationGroups", { ReplicationGroupId: "features" });

    expect(group.all("Status")).toEqual(["available", "available"]);
    expect(group.all("ClusterId")).toEqual(["features-001", "features-002"]);
    expect(group.all("PreferredAvailabilityZone")).toEqual(["eu-central-1a", "eu-central-1b"]);
    expect(group.all("CurrentRole")).toEqual(["primary", "replica"]);
    expect(group.all("Address").slice(0, 2)).toEqual([
      expect.stringMatching(/^master\.features\.[0-9a-f]{6}\.euc1\.cache\.amazonaws\.com$/),
      expect.stringMatching(/^replica\.features\.[0-9a-f]{6}\.euc1\.cache\.amazonaws\.com$/),
    ]);
    expect(group.one("ARN")).toBe("arn:aws:elasticache:eu-central-1:111111111111:replicationgroup:features");
    expect(group.one("TransitEncryptionMode")).toBe("required");
    expect(group.text).toContain("<UserGroupIds><member>users</member></UserGroupIds>");
  });

  test("shows its settings on each member cluster, nodes where asked", async () => {
    const { cache } = await preparedWorld();
    await cache("CreateReplicationGroup", GROUP);
    const plain = await cache("DescribeCacheClusters", { CacheClusterId: "features-001" });
    const detailed = await cache("DescribeCacheClusters", { ShowCacheNodeInfo: "true" });

    expect(plain.all("EngineVersion")).toEqual(["8.1.0"]);
    expect(plain.one("CacheParameterGroupName")).toBe("params");
    expect(plain.one("SecurityGroupId")).toBe("sg-1");
    expect(plain.text).not.toContain("<CacheNodes>");
    expect(detailed.all("CacheClusterId")).toEqual(["features-001", "features-002"]);
    expect(detailed.all("CustomerAvailabilityZone")).toEqual(["eu-central-1a", "eu-central-1b"]);
  });

  test("is in cluster mode when its parameters say so: shards with slots behind one endpoint", async () => {
    const { cache } = await preparedWorld();
    await cache("CreateReplicationGroup", {
      ...GROUP,
      CacheParameterGroupName: "sharded",
      NumNodeGroups: "2",
      ReplicasPerNodeGroup: "1",
    });
    const group = await cache("DescribeReplicationGroups");

    expect(group.all("Slots")).toEqual(["0-8191", "8192-16383"]);
    expect(group.all("ClusterId")).toEqual([
      "features-0001-001",
      "features-0001-002",
      "features-0002-001",
      "features-0002-002",
    ]);
    expect(group.all("Address")).toEqual([expect.stringMatching(/^clustercfg\.features\./)]);
    expect(group.one("ClusterMode")).toBe("enabled");
  });

  test("delivers the logs it was told to, and stops where told", async () => {
    const { cache } = await preparedWorld();
    const log = (index: number, type: string, more: Record<string, string> = {}) =>
      Object.fromEntries(
        Object.entries({
          LogType: type,
          LogFormat: "json",
          DestinationType: "cloudwatch-logs",
          "DestinationDetails.CloudWatchLogsDetails.LogGroup": `/logs/${type}`,
          ...more,
        }).map(([name, value]) => [
          `LogDeliveryConfigurations.LogDeliveryConfigurationRequest.${index}.${name}`,
          value,
        ]),
      );
    await cache("CreateReplicationGroup", { ...GROUP, ...log(1, "slow-log"), ...log(2, "engine-log") });
    const both = await cache("DescribeReplicationGroups");
    await cache("ModifyReplicationGroup", {
      ReplicationGroupId: "features",
      ...log(1, "slow-log", { Enabled: "false" }),
    });
    const rest = await cache("DescribeReplicationGroups");

    expect(both.all("LogGroup")).toEqual(["/logs/slow-log", "/logs/engine-log"]);
    expect(rest.all("LogGroup")).toEqual(["/logs/engine-log"]);
  });

  test("changes what it is told to and keeps the rest", async () => {
    const { cache } = await preparedWorld();
    await cache("CreateReplicationGroup", GROUP);
    await cache("ModifyReplicationGroup", {
      ReplicationGroupId: "features",
      CacheNodeType: "cache.r7g.xlarge",
      EngineVersion: "8.2",
      Engine: "valkey",
      SnapshotRetentionLimit: "0",
      "UserGroupIdsToRemove.member.1": "users",
    });
    const group = await cache("DescribeReplicationGroups");
    const cluster = await cache("DescribeCacheClusters");

    expect(group.one("CacheNodeType")).toBe("cache.r7g.xlarge");
    expect(group.one("SnapshotRetentionLimit")).toBe("0");
    expect(group.text).toContain("<UserGroupIds></UserGroupIds>");
    expect(cluster.one("EngineVersion")).toBe("8.2.0");
    expect(cluster.one("PreferredMaintenanceWindow")).toBe("sun:05:30-sun:07:30");
  });

  test("gets more replicas and fewer, more shards and fewer", async () => {
    const { cache } = await preparedWorld();
    const members = async () => (await cache("DescribeReplicationGroups")).all("ClusterId").length;
    await cache("CreateReplicationGroup", {
      ...GROUP,
      CacheParameterGroupName: "sharded",
      NumNodeGroups: "2",
      ReplicasPerNodeGroup: "1",
    });
    const named = { ReplicationGroupId: "features" };
    await cache("IncreaseReplicaCount", { ...named, NewReplicaCount: "2" });
    expect(await members()).toBe(6);
    await cache("DecreaseReplicaCount", { ...named, NewReplicaCount: "0" });
    expect(await members()).toBe(2);
    await cache("ModifyReplicationGroupShardConfiguration", { ...named, NodeGroupCount: "3" });
    expect(await members()).toBe(3);
    await cache("ModifyReplicationGroupShardConfiguration", {
      ...named,
      NodeGroupCount: "2",
      "NodeGroupsToRemove.NodeGroupToRemove.1": "0001",
    });
    expect((await cache("DescribeReplicationGroups")).all("NodeGroupId")).toEqual(["0002", "0003"]);
    expect((await cache("IncreaseReplicaCount", { ...named, NewReplicaCount: "0" })).one("Code")).toBe(
      "NoOperationFault",
    );
  });

  test("leaves a final snapshot where asked, once", async () => {
    const { cache } = await preparedWorld();
    const gone = { ReplicationGroupId: "features", FinalSnapshotIdentifier: "features-final" };
    await cache("CreateReplicationGroup", GROUP);
    await cache("DeleteReplicationGroup", gone);
    const snapshots = await cache("DescribeSnapshots");
    const described = await cache("DescribeReplicationGroups", { ReplicationGroupId: "features" });
    await cache("CreateReplicationGroup", GROUP);
    const again = await cache("DeleteReplicationGroup", gone);
    await cache("DeleteSnapshot", { SnapshotName: "features-final" });

    expect(snapshots.all("SnapshotName")).toEqual(["features-final"]);
    expect([described.status, described.one("Code")]).toEqual([404, "ReplicationGroupNotFoundFault"]);
    expect(again.one("Code")).toBe("SnapshotAlreadyExistsFault");
    expect((await cache("DeleteReplicationGroup", gone)).status).toBe(200);
  });

  test.each([
    [{ ReplicationGroupId: "1st" }, "InvalidParameterValue"],
    [{ ReplicationGroupId: "a--b" }, "InvalidParameterValue"],
    [{ Engine: "memcached" }, "InvalidParameterValue"],
    [{ EngineVersion: "7.1" }, "InvalidParameterCombination"],
    [{ CacheNodeType: "cache.huge" }, "InvalidParameterValue"],
    [{ SnapshotRetentionLimit: "36" }, "InvalidParameterValue"],
    [{ AutomaticFailoverEnabled: "false" }, "InvalidParameterCombination"],
    [{ NumCacheClusters: "1" }, "InvalidParameterCombination"],
    [{ NumCacheClusters: "7" }, "InvalidParameterValue"],
    [{ NumNodeGroups: "2" }, "InvalidParameterCombination"],
    [{ TransitEncryptionEnabled: "false" }, "InvalidParameterCombination"],
    [{ Engine: "redis", EngineVersion: "7.1" }, "InvalidParameterCombination"],
    [{ EngineVersion: "7.2" }, "InvalidParameterCombination"],
    [{ CacheSubnetGroupName: "none" }, "CacheSubnetGroupNotFoundFault"],
    [{ CacheParameterGroupName: "none" }, "CacheParameterGroupNotFound"],
    [{ "UserGroupIds.member.1": "none" }, "UserGroupNotFound"],
    [{ "SecurityGroupIds.SecurityGroupId.1": "sg-missing" }, "InvalidParameterValue"],
  ])("is refused with %j: %s", async (wrong, code) => {
    const { cache } = await preparedWorld();
    const refused = await cache("CreateReplicationGroup", { ...GROUP, ...(wrong as Record<string, string>) });

    expect(refused.one("Code")).toBe(code);
    expect((await cache("DescribeReplicationGroups")).all("ReplicationGroupId")).toEqual([]);
  });

  test("is there once", async () => {
    const { cache } = await preparedWorld();
    await cache("CreateReplicationGroup", GROUP);

    expect((await cache("CreateReplicationGroup", GROUP)).one("Code")).toBe("ReplicationGroupAlreadyExists");
    expect((await cache("DescribeCacheClusters", { CacheClusterId: "x" })).one("Code")).toBe("CacheClusterNotFound");
  });
});

describe("what a replication group uses", () => {
  test("cannot be deleted while it does", async () => {
    const { cache } = await preparedWorld();
    await cache("CreateReplicationGroup", GROUP);
    const codes = async () => [
      (await cache("DeleteCacheSubnetGroup", { CacheSubnetGroupName: "subnets" })).one("Code"),
      (await cache("DeleteCacheParameterGroup", { CacheParameterGroupName: "params" })).one("Code"),
      (await cache("DeleteUserGroup", { UserGroupId: "users" })).one("Code"),
    ];

    expect(await codes()).toEqual([
      "CacheSubnetGroupInUse",
      "InvalidCacheParameterGroupState",
      "InvalidUserGroupState",
    ]);
    await cache("DeleteReplicationGroup", { ReplicationGroupId: "features" });
    expect(await codes()).toEqual([undefined, undefined, undefined]);
    expect(await codes()).toEqual([
      "CacheSubnetGroupNotFoundFault",
      "CacheParameterGroupNotFound",
      "UserGroupNotFound",
    ]);
  });

  test("remembers its tags, and says what it has none of", async () => {
    const { cache } = await preparedWorld();
    const arn = "arn:aws:elasticache:eu-central-1:111111111111:subnetgroup:subnets";
    const tag = (Key: string, Value: string) => ({ "Tags.Tag.1.Key": Key, "Tags.Tag.1.Value": Value });
    await cache("AddTagsToResource", { ResourceName: arn, ...tag("a", "1") });
    await cache("AddTagsToResource", { ResourceName: arn, ...tag("b", "2 & 3") });
    await cache("RemoveTagsFromResource", { ResourceName: arn, "TagKeys.member.1": "a" });
    const missing = await cache("ListTagsForResource", { ResourceName: arn.replace("subnets", "none") });
    const nonsense = await cache("ListTagsForResource", { ResourceName: "arn:aws:s3:::bucket" });

    expect((await cache("ListTagsForResource", { ResourceName: arn })).text).toContain(
      "<TagList><Tag><Key>b</Key><Value>2 &amp; 3</Value></Tag></TagList>",
    );
    expect([missing.one("Code"), nonsense.one("Code")]).toEqual(["CacheSubnetGroupNotFoundFault", "InvalidARN"]);
  });

  test("are subnets that exist, in their zones", async () => {
    const { cache } = await preparedWorld();
    const groups = await cache("DescribeCacheSubnetGroups", { CacheSubnetGroupName: "subnets" });
    const wrong = await cache("CreateCacheSubnetGroup", {
      CacheSubnetGroupName: "wrong",
      "SubnetIds.SubnetIdentifier.1": "subnet-missing",
    });
    await cache("ModifyCacheSubnetGroup", {
      CacheSubnetGroupName: "subnets",
      "SubnetIds.SubnetIdentifier.1": "subnet-b",
    });

    expect(groups.all("SubnetIdentifier")).toEqual(["subnet-a", "subnet-b"]);
    expect(groups.all("Name")).toEqual(["eu-central-1a", "eu-central-1b"]);
    expect(groups.one("VpcId")).toBe("vpc-1");
    expect(wrong.one("Code")).toBe("InvalidSubnet");
    expect((await cache("DescribeCacheSubnetGroups")).all("SubnetIdentifier")).toEqual(["subnet-b"]);
  });

  test("are parameters, shown as far as they were set", async () => {
    const { cache } = await preparedWorld();
    const named = { CacheParameterGroupName: "sharded" };
    const set = await cache("DescribeCacheParameters", { ...named, Source: "user" });
    await cache("ResetCacheParameterGroup", { ...named, ResetAllParameters: "true" });
    const reset = await cache("DescribeCacheParameters", { ...named, Source: "user" });
    const shipped = await cache("DescribeCacheParameters", { CacheParameterGroupName: "default.valkey8.cluster.on" });
    const locked = await cache("ModifyCacheParameterGroup", { CacheParameterGroupName: "default.valkey8" });
    const family = { CacheParameterGroupName: "new", CacheParameterGroupFamily: "redis3.2" };

    expect([set.all("ParameterName"), reset.all("ParameterName")]).toEqual([["cluster-enabled"], []]);
    expect(shipped.all("ParameterValue")).toEqual(["yes"]);
    expect(locked.one("Code")).toBe("InvalidParameterValue");
    expect((await cache("CreateCacheParameterGroup", family)).one("Code")).toBe("InvalidParameterValue");
    expect(
      (await cache("CreateCacheParameterGroup", { ...family, ...named, CacheParameterGroupFamily: "valkey8" })).one(
        "Code",
      ),
    ).toBe("CacheParameterGroupAlreadyExists");
  });
});

test("each account and region has its own", async () => {
  const { cache } = await preparedWorld();
  await cache("CreateReplicationGroup", GROUP);
  const groups = async (account: string, region: string) =>
    (await cache("DescribeReplicationGroups", {}, { account, region })).all("ReplicationGroupId");

  expect(await groups("111111111111", "eu-central-1")).toEqual(["features"]);
  expect(await groups("222222222222", "eu-central-1")).toEqual([]);
  expect(await groups("111111111111", "us-east-1")).toEqual([]);
});

test("the same calls make the same hosts", async () => {
  const host = async () => {
    const { cache } = await preparedWorld();
    return (await cache("CreateReplicationGroup", GROUP)).one("Address");
  };

  expect(await host()).toBe(await host());
});

test.each(["CreateCacheCluster", "CreateSnapshot"])("%s is refused by name", async (action) => {
  const { cache } = await preparedWorld();
  const refused = await cache(action);

  expect([refused.status, refused.one("Code")]).toEqual([400, "SandboxNotImplemented"]);
});
