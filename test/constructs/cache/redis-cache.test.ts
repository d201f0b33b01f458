import { RedisCache, type RedisCacheProps } from "../../../constructs/cache/redis-cache";
import { Port } from "../../../constructs/core/connections";
import { Key } from "../../../constructs/encryption/key";
import { Secret } from "../../../constructs/encryption/secret";
import { SecurityGroup } from "../../../constructs/network/security-group";
import { KEY_ARN } from "../../support/cluster";
import { IDENTITY, RecordingGrantee, failure } from "../../support/fixtures";
import { resolved, synth, synthesize, testStack } from "../../support/synth";
import { cacheIn } from "./support";

const CACHE = "${aws_elasticache_replication_group.Features_3940F53C";
const SECRET = '${lookup(aws_cloudformation_stack.Features_PasswordUser_04AC9393.outputs, "SecretArn")}';
const SECRET_ARN = '${aws_cloudformation_stack.Features_PasswordUser_04AC9393.outputs["SecretArn"]}';

const cacheWith = (props: Partial<RedisCacheProps> = {}) => synthesize((stack) => void cacheIn(stack, props));

describe("RedisCache with minimal props", () => {
  const out = cacheWith();

  test("is a Valkey with a replica in another zone, reached with TLS only, encrypted with the given key", () => {
    expect(out.resource("aws_elasticache_replication_group")).toEqual({
      replication_group_id: "atlas-dev-features",
      description: "Cache atlas-dev-features",
      engine: "valkey",
      engine_version: "8.1",
      node_type: "cache.r7g.large",
      port: 6379,
      num_cache_clusters: 2,
      automatic_failover_enabled: true,
      multi_az_enabled: true,
      at_rest_encryption_enabled: "true",
      kms_key_id: KEY_ARN,
      transit_encryption_enabled: true,
      transit_encryption_mode: "required",
      maintenance_window: "sun:05:30-sun:07:30",
      snapshot_retention_limit: 7,
      snapshot_window: "03:00-05:00",
      final_snapshot_identifier: "atlas-dev-features-final",
      auto_minor_version_upgrade: "true",
      apply_immediately: false,
      user_group_ids: ["${aws_elasticache_user_group.Features_UserGroup_B416118D.user_group_id}"],
      security_group_ids: ["${aws_security_group.Features_SecurityGroup_7524EE44.id}"],
      subnet_group_name: "${aws_elasticache_subnet_group.Features_SubnetGroup_A8D83903.name}",
      parameter_group_name: "${aws_elasticache_parameter_group.Features_ParameterGroup_3D71D65C.name}",
      log_delivery_configuration: [
        delivery("slow-log", "Features_SlowLog_A9FEC9DF"),
        delivery("engine-log", "Features_EngineLog_4A709BD9"),
      ],
      lifecycle: { prevent_destroy: true },
      tags: { Name: "atlas-dev-features" },
    });
  });

  test("stands in the private subnets", () => {
    expect(out.resource("aws_elasticache_subnet_group")).toMatchObject({
      name: "atlas-dev-features",
      subnet_ids: ["subnet-a", "subnet-b"],
    });
  });

  test("drops expiring keys when memory is full, by parameters of its version's family", () => {
    expect(out.resource("aws_elasticache_parameter_group")).toMatchObject({
      name: "atlas-dev-features-valkey8",
      family: "valkey8",
      parameter: [{ name: "maxmemory-policy", value: "volatile-lru" }],
      lifecycle: { create_before_destroy: true },
    });
  });

  test("has one user, who authenticates with IAM under a name that is its id, and no password", () => {
    expect(out.resources("aws_elasticache_user")).toEqual({
      "Features/IamUser": {
        user_id: "atlas-dev-features-iam",
        user_name: "atlas-dev-features-iam",
        engine: "valkey",
        access_string: "on ~* &* +@all -@dangerous +info",
        authentication_mode: { type: "iam" },
        tags: { Name: "atlas-dev-features-iam" },
      },
    });
    expect(out.resource("aws_elasticache_user_group")).toMatchObject({
      user_group_id: "atlas-dev-features-users",
      engine: "valkey",
      user_ids: ["${aws_elasticache_user.Features_IamUser_F5A926D0.user_id}"],
    });
    expect(out.counts()).not.toHaveProperty("aws_cloudformation_stack");
  });

  test("keeps both logs, encrypted, for 90 days", () => {
    expect(out.resources("aws_cloudwatch_log_group")).toEqual({
      "Features/SlowLog": logGroup("slow-log"),
      "Features/EngineLog": logGroup("engine-log"),
    });
  });

  test("keeps its addresses", () => {
    expect(out.addresses("aws_elasticache_replication_group")).toEqual({
      "Features/Resource": "aws_elasticache_replication_group.Features_3940F53C",
    });
    expect(cacheWith({ passwordAuthentication: true }).addresses("aws_cloudformation_stack")).toEqual({
      "Features/PasswordUser/Resource": "aws_cloudformation_stack.Features_PasswordUser_04AC9393",
    });
  });

  function delivery(logType: string, group: string): object {
    const destination = `\${aws_cloudwatch_log_group.${group}.name}`;
    return { log_type: logType, log_format: "json", destination_type: "cloudwatch-logs", destination };
  }

  function logGroup(logType: string): object {
    const name = `/aws/vendedlogs/elasticache/atlas-dev-features/${logType}`;
    return { name, retention_in_days: 90, kms_key_id: KEY_ARN, tags: { Name: name } };
  }
});

describe("RedisCache with all props", () => {
  const out = cacheWith({
    engine: "redis",
    engineVersion: "7.1",
    nodeType: "cache.t4g.small",
    replicas: 2,
    multiAz: false,
    numNodeGroups: 3,
    iamAuthentication: false,
    passwordAuthentication: true,
    accessString: "on ~app::* -@all +@read",
    maxmemoryPolicy: "noeviction",
    snapshotRetentionDays: 35,
    snapshotWindow: "22:00-23:30",
    maintenanceWindow: "mon:00:00-mon:01:00",
    autoMinorVersionUpgrade: false,
    applyImmediately: true,
    logRetentionDays: 30,
    dataLostOnDestroy: true,
    deletionProtection: false,
  });

  test("splits its data over node groups, in cluster mode, and can be destroyed with what is in it", () => {
    const cache = out.resource("aws_elasticache_replication_group");

    expect(cache).toMatchObject({
      engine: "redis",
      engine_version: "7.1",
      node_type: "cache.t4g.small",
      num_node_groups: 3,
      replicas_per_node_group: 2,
      automatic_failover_enabled: true,
      multi_az_enabled: false,
      snapshot_retention_limit: 35,
      snapshot_window: "22:00-23:30",
      maintenance_window: "mon:00:00-mon:01:00",
      auto_minor_version_upgrade: "false",
      apply_immediately: true,
    });
    expect(Object.keys(cache)).not.toEqual(
      expect.arrayContaining(["num_cache_clusters", "final_snapshot_identifier", "lifecycle"]),
    );
    expect(out.resource("aws_elasticache_parameter_group")).toMatchObject({
      name: "atlas-dev-features-redis7",
      parameter: [
        { name: "cluster-enabled", value: "yes" },
        { name: "maxmemory-policy", value: "noeviction" },
      ],
    });
    expect(out.resource("aws_cloudwatch_log_group", "Features/SlowLog")).toMatchObject({ retention_in_days: 30 });
  });

  test("replaces the default user that Redis demands by one that is off", () => {
    expect(out.resources("aws_elasticache_user")).toEqual({
      "Features/DefaultUser": {
        user_id: "atlas-dev-features-default",
        user_name: "default",
        engine: "redis",
        access_string: "off -@all",
        no_password_required: true,
        tags: { Name: "atlas-dev-features-default" },
      },
    });
    expect(out.resource("aws_elasticache_user_group")).toMatchObject({
      engine: "redis",
      user_ids: ["atlas-dev-features-password", "${aws_elasticache_user.Features_DefaultUser_CB72A169.user_id}"],
      depends_on: ["aws_cloudformation_stack.Features_PasswordUser_04AC9393"],
    });
  });

  test("fails over in cluster mode even without replicas, where ElastiCache demands it", () => {
    const alone = cacheWith({ numNodeGroups: 1, replicas: 0 });

    expect(alone.resource("aws_elasticache_replication_group")).toMatchObject({
      num_node_groups: 1,
      replicas_per_node_group: 0,
      automatic_failover_enabled: true,
      multi_az_enabled: false,
    });
  });

  test("has no failover without replicas, and no snapshot window without snapshots", () => {
    const cache = cacheWith({ replicas: 0, snapshotRetentionDays: 0 }).resource("aws_elasticache_replication_group");

    expect(cache).toMatchObject({ num_cache_clusters: 1, automatic_failover_enabled: false, multi_az_enabled: false });
    expect(cache).not.toHaveProperty("snapshot_window");
  });

  test("cuts long ids to 40 characters, each with a hash of its own", () => {
    const long = cacheWith({ cacheName: "a-name-that-is-just-about-forty-letters1" });

    expect(long.resource("aws_elasticache_replication_group")["replication_group_id"]).toBe(
      "atlas-dev-a-name-that-is-just-a-920c395d",
    );
    expect(long.resource("aws_elasticache_user")["user_id"]).toHaveLength(40);
  });
});

describe("RedisCache with a password", () => {
  const stack = testStack();
  const cache = cacheIn(stack, { passwordAuthentication: true });
  const out = synth(stack);
  const template = JSON.parse(String(out.resource("aws_cloudformation_stack")["template_body"])) as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
    Outputs: unknown;
  };

  test("has AWS make it, and hands it from secret to user inside CloudFormation", () => {
    expect(template.Resources).toEqual({
      AuthSecret: {
        Type: "AWS::SecretsManager::Secret",
        Properties: {
          Name: "atlas/dev/redis/features",
          Description: "User name and password of cache atlas-dev-features",
          KmsKeyId: KEY_ARN,
          GenerateSecretString: {
            SecretStringTemplate: '{"username":"atlas-dev-features-password"}',
            GenerateStringKey: "password",
            PasswordLength: 64,
            ExcludePunctuation: true,
          },
        },
      },
      PasswordUser: {
        Type: "AWS::ElastiCache::User",
        Properties: {
          UserId: "atlas-dev-features-password",
          UserName: "atlas-dev-features-password",
          Engine: "valkey",
          AccessString: "on ~* &* +@all -@dangerous +info",
          NoPasswordRequired: false,
          Passwords: [
            { "Fn::Join": ["", ["{{resolve:secretsmanager:", { Ref: "AuthSecret" }, ":SecretString:password}}"]] },
          ],
        },
      },
    });
  });

  test("lets nothing but ARNs out of the stack", () => {
    expect(template.Outputs).toEqual({
      SecretArn: { Value: { Ref: "AuthSecret" } },
      UserArn: { Value: { "Fn::GetAtt": ["PasswordUser", "Arn"] } },
    });
  });

  test("holds no password anywhere in the synthesised JSON", () => {
    const users = Object.values(out.resources("aws_elasticache_user"));
    const text = JSON.stringify(out.json);

    expect(users.flatMap((user) => Object.keys(user))).not.toContain("passwords");
    expect(users.map((user) => user["authentication_mode"])).toEqual([{ type: "iam" }]);
    expect(text).not.toMatch(/auth_token|random_password|secret_string\b|secret_version/);
    expect(out.counts()).not.toHaveProperty("aws_secretsmanager_secret_version");
  });

  test("puts both users into the group, the one with a password when its stack stands", () => {
    expect(out.resource("aws_elasticache_user_group")).toMatchObject({
      user_ids: ["${aws_elasticache_user.Features_IamUser_F5A926D0.user_id}", "atlas-dev-features-password"],
      depends_on: ["aws_cloudformation_stack.Features_PasswordUser_04AC9393"],
    });
  });

  test("lets itself be read by whom it is granted to, with the key", () => {
    const grant = cache.grantReadAuthSecret(new RecordingGrantee());

    expect(resolved(stack, grant.statements)).toEqual([
      { actions: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], resources: [expect.any(String)] },
      { actions: ["kms:Decrypt", "kms:DescribeKey"], resources: [KEY_ARN] },
    ]);
    expect([SECRET, SECRET_ARN]).toContain(resolved(stack, grant.statements)[0]?.resources[0]);
  });
});

describe("RedisCache", () => {
  test("lets a grantee connect to this cache as this user, and to nothing else", () => {
    const stack = testStack();
    const grant = cacheIn(stack).grantConnect(new RecordingGrantee());

    expect(resolved(stack, grant.statements)).toEqual([
      {
        actions: ["elasticache:Connect"],
        resources: [`${CACHE}.arn}`, "${aws_elasticache_user.Features_IamUser_F5A926D0.arn}"],
      },
    ]);
  });

  test("tells hosts, port and user name", () => {
    const stack = testStack();
    const cache = cacheIn(stack);

    expect(
      resolved(stack, [cache.endpointAddress, cache.readerEndpointAddress, cache.port, cache.iamUserName]),
    ).toEqual([
      `${CACHE}.primary_endpoint_address}`,
      `${CACHE}.reader_endpoint_address}`,
      6379,
      "${aws_elasticache_user.Features_IamUser_F5A926D0.user_name}",
    ]);
  });

  test("tells the one host of cluster mode", () => {
    const stack = testStack();
    const { endpointAddress, readerEndpointAddress } = cacheIn(stack, { numNodeGroups: 2 });

    expect(resolved(stack, endpointAddress)).toBe(`${CACHE}.configuration_endpoint_address}`);
    expect(readerEndpointAddress).toBeUndefined();
  });

  test("lets nobody in until its connections say so", () => {
    const closed = cacheWith();
    const open = synthesize((stack) => {
      const app = SecurityGroup.fromSecurityGroupAttributes(stack, "App", { securityGroupId: "sg-app" });
      const cache = cacheIn(stack);
      cache.connections.allowFrom(app, Port.tcp(cache.port), "Pods reach the cache");
    });

    expect(closed.counts()).not.toHaveProperty("aws_vpc_security_group_ingress_rule");
    expect(open.resource("aws_vpc_security_group_ingress_rule")).toMatchObject({
      security_group_id: "${aws_security_group.Features_SecurityGroup_7524EE44.id}",
      referenced_security_group_id: "sg-app",
      from_port: 6379,
      to_port: 6379,
    });
  });

  test("says which log groups the key must be allowed to encrypt", () => {
    const pattern = RedisCache.logGroupArn(IDENTITY, "features");
    const stack = testStack();
    const key = new Key(stack, "Own", { identity: IDENTITY, purpose: "data" });
    key.allowCloudWatchLogs(pattern);
    const groups = cacheWith().resources("aws_cloudwatch_log_group");

    expect(pattern).toBe(
      "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/vendedlogs/elasticache/atlas-dev-features/*",
    );
    for (const { name } of Object.values(groups)) expect(pattern).toContain(String(name).replace(/[^/]*$/, "*"));
  });

  test.each([
    [
      "grantConnect",
      { iamAuthentication: false, passwordAuthentication: true },
      "NO_IAM_AUTHENTICATION",
      "the cache has no IAM-authenticated user: turn on `iamAuthentication`",
    ],
    [
      "grantReadAuthSecret",
      {},
      "NO_PASSWORD_AUTHENTICATION",
      "the cache has no user with a password: turn on `passwordAuthentication`",
    ],
  ] as const)("refuses %s when there is no such user", (method, props, code, message) => {
    const cache = cacheIn(testStack(), props);

    expect(failure(() => cache[method](new RecordingGrantee()))).toEqual({
      code,
      message: `${message}\n  in test/Features`,
    });
  });
});

describe("RedisCache.fromRedisCacheAttributes", () => {
  const ARN = "arn:aws:elasticache:eu-central-1:111111111111:replicationgroup:company";
  const USER = "arn:aws:elasticache:eu-central-1:111111111111:user:company-iam";
  const attributes = {
    replicationGroupId: "company",
    replicationGroupArn: ARN,
    endpointAddress: "master.company.abc.euc1.cache.amazonaws.com",
    securityGroupId: "sg-cache",
  };

  test("can be connected to, granted and read", () => {
    const stack = testStack();
    const grantee = new RecordingGrantee();
    const secretArn = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:company-a1B2c3";
    const authSecret = Secret.fromSecretAttributes(stack, "Secret", { secretArn });
    const cache = RedisCache.fromRedisCacheAttributes(stack, "Company", {
      ...attributes,
      readerEndpointAddress: "replica.company",
      port: 6380,
      iamUserArn: USER,
      authSecret,
    });
    cache.grantConnect(grantee);
    cache.grantReadAuthSecret(grantee);

    expect(cache).toMatchObject({
      replicationGroupId: "company",
      readerEndpointAddress: "replica.company",
      port: 6380,
      iamUserName: "company-iam",
    });
    expect(cache.connections.securityGroupIds).toEqual(["sg-cache"]);
    expect(grantee.statements.map(({ resources }) => resources)).toEqual([[ARN, USER], [secretArn]]);
    expect(synth(stack).counts()).toEqual({});
  });

  test("takes references, and has the usual port and no users", () => {
    const stack = testStack();
    const other = cacheIn(stack);
    const cache = RedisCache.fromRedisCacheAttributes(stack, "Company", {
      ...attributes,
      replicationGroupArn: other.replicationGroupArn,
      iamUserArn: other.replicationGroupArn,
    });
    const plain = RedisCache.fromRedisCacheAttributes(stack, "Plain", attributes);

    expect(resolved(stack, cache.iamUserName)).toContain("element(reverse(split(");
    expect([plain.port, plain.iamUserName, plain.authSecret]).toEqual([6379, undefined, undefined]);
    expect(failure(() => plain.grantConnect(new RecordingGrantee())).code).toBe("NO_IAM_AUTHENTICATION");
  });

  test("refuses what cannot be a cache", () => {
    const imported = () =>
      RedisCache.fromRedisCacheAttributes(testStack(), "Company", {
        ...attributes,
        replicationGroupArn: "company",
        iamUserArn: ARN,
        port: 0,
      });

    expect(failure(imported)).toEqual({
      code: "INVALID_REDIS_CACHE_ATTRIBUTES",
      message: [
        '`replicationGroupArn` must be an ARN arn:<partition>:elasticache:<region>:<account>:replicationgroup:<id>, got "company"',
        `\`iamUserArn\` must be an ARN arn:<partition>:elasticache:<region>:<account>:user:<id>, got "${ARN}"`,
        "`port` must be a whole number from 1 to 65535, got 0",
        "  in test/Company",
      ].join("\n"),
    });
  });
});
