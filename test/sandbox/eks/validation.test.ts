import { CLUSTER, EksHarness, NODEGROUP } from "./support/eks-harness";

const GROUPS = "/clusters/atlas/node-groups";

test("all violations of a request are told at once, in the words of the API", async () => {
  const { body, error } = await new EksHarness().call("POST", GROUPS, {
    nodegroupName: "-bad name",
    amiType: "AL2023",
    capacityType: "FREE",
    scalingConfig: { minSize: -1, maxSize: 0, desiredSize: 1.5 },
    taints: [{ key: "", effect: "NoSchedule" }],
    labels: { ok: "x".repeat(64) },
    subnets: ["subnet-x"],
    diskSize: "big",
  });
  expect(error).toBe("InvalidParameterException");
  expect(body).toEqual({
    clusterName: "atlas",
    nodegroupName: "-bad name",
    message: [
      "12 validation errors detected: Value null at 'nodeRole' failed to satisfy constraint: Member must not be null",
      "Value '-bad name' at 'nodegroupName' failed to satisfy constraint: Member must have 1 to 63 letters, digits, '-' and '_' and begin with a letter or digit",
      "Value '-1' at 'scalingConfig.minSize' failed to satisfy constraint: Member must have value greater than or equal to 0",
      "Value '0' at 'scalingConfig.maxSize' failed to satisfy constraint: Member must have value greater than or equal to 1",
      "Value '1.5' at 'scalingConfig.desiredSize' failed to satisfy constraint: Member must be of type integer",
      "Value 'big' at 'diskSize' failed to satisfy constraint: Member must be of type integer",
      "Value 'subnet-x' at 'subnets.1.member' failed to satisfy constraint: Member must be a subnet id",
      "Value 'AL2023' at 'amiType' failed to satisfy constraint: Member must satisfy enum value set: [AL2_x86_64, AL2_x86_64_GPU, AL2_ARM_64, CUSTOM, BOTTLEROCKET_ARM_64, BOTTLEROCKET_x86_64, BOTTLEROCKET_ARM_64_FIPS, BOTTLEROCKET_x86_64_FIPS, BOTTLEROCKET_ARM_64_NVIDIA, BOTTLEROCKET_x86_64_NVIDIA, BOTTLEROCKET_ARM_64_NVIDIA_FIPS, BOTTLEROCKET_x86_64_NVIDIA_FIPS, WINDOWS_CORE_2019_x86_64, WINDOWS_FULL_2019_x86_64, WINDOWS_CORE_2022_x86_64, WINDOWS_FULL_2022_x86_64, WINDOWS_CORE_2025_x86_64, WINDOWS_FULL_2025_x86_64, AL2023_x86_64_STANDARD, AL2023_ARM_64_STANDARD, AL2023_x86_64_NEURON, AL2023_x86_64_NVIDIA, AL2023_ARM_64_NVIDIA]",
      `Value '${"x".repeat(64)}' at 'labels.ok.value' failed to satisfy constraint: Member must have length less than or equal to 63`,
      "Value '' at 'taints.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
      "Value '' at 'taints.1.member.key' failed to satisfy constraint: Member must be a Kubernetes label key",
      "Value 'NoSchedule' at 'taints.1.member.effect' failed to satisfy constraint: Member must satisfy enum value set: [NO_SCHEDULE, NO_EXECUTE, PREFER_NO_SCHEDULE]",
      "Value 'FREE' at 'capacityType' failed to satisfy constraint: Member must satisfy enum value set: [ON_DEMAND, SPOT, CAPACITY_BLOCK]",
    ]
      .join("; ")
      .replace("12 validation", "13 validation"),
  });
});

const one = (rest: string): string => `InvalidParameterException (400): 1 validation error detected: Value ${rest}`;

test.each<[string, string, object, string]>([
  [
    "/clusters",
    "a cluster name",
    { ...CLUSTER, name: "a b" },
    one(
      "'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9A-Za-z][A-Za-z0-9\\-_]*",
    ),
  ],
  [
    "/clusters",
    "a role that is no ARN",
    { ...CLUSTER, roleArn: "admin" },
    one("'admin' at 'roleArn' failed to satisfy constraint: Member must be the ARN of an IAM role"),
  ],
  [
    "/clusters",
    "a key that is no ARN",
    { ...CLUSTER, encryptionConfig: [{ resources: ["secrets"], provider: { keyArn: "k" } }] },
    one(
      "'k' at 'encryptionConfig.1.member.provider.keyArn' failed to satisfy constraint: Member must be the ARN of a KMS key",
    ),
  ],
  [
    "/clusters",
    "encryption of pods",
    {
      ...CLUSTER,
      encryptionConfig: [{ resources: ["pods"], provider: { keyArn: "arn:aws:kms:eu-west-1:111111111111:key/1" } }],
    },
    one(
      "'pods' at 'encryptionConfig.1.member.resources.1.member' failed to satisfy constraint: Member must satisfy enum value set: [secrets]",
    ),
  ],
  [
    "/clusters",
    "a log type",
    { ...CLUSTER, logging: { clusterLogging: [{ types: ["all"], enabled: true }] } },
    one(
      "'all' at 'logging.clusterLogging.1.member.types.1.member' failed to satisfy constraint: Member must satisfy enum value set: [api, audit, authenticator, controllerManager, scheduler]",
    ),
  ],
  [
    "/clusters",
    "a public range",
    { ...CLUSTER, resourcesVpcConfig: { ...CLUSTER.resourcesVpcConfig, publicAccessCidrs: ["home"] } },
    one(
      "'home' at 'resourcesVpcConfig.publicAccessCidrs.1.member' failed to satisfy constraint: Member must be an address range in CIDR notation",
    ),
  ],
  [
    "/clusters",
    "a tag key of AWS",
    { ...CLUSTER, tags: { "aws:x": "y" } },
    one("'aws:x' at 'tags.key' failed to satisfy constraint: Member must not begin with 'aws:'"),
  ],
  [
    GROUPS,
    "21 instance types",
    { ...NODEGROUP, instanceTypes: Array.from({ length: 21 }, () => "m6i.large") },
    one(
      `'${JSON.stringify(Array.from({ length: 21 }, () => "m6i.large"))}' at 'instanceTypes' failed to satisfy constraint: Member must have length less than or equal to 20`,
    ),
  ],
  [
    GROUPS,
    "subnets that are no list",
    { ...NODEGROUP, subnets: "subnet-0000000a" },
    one("'subnet-0000000a' at 'subnets' failed to satisfy constraint: Member must be of type list"),
  ],
])("POST %s refuses %s", async (path, _case, body, message) => {
  expect(await new EksHarness().refusal("POST", path, body)).toBe(message);
});

test("more than 50 tags are refused", async () => {
  const tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"]));
  expect(await new EksHarness().refusal("POST", "/clusters", { ...CLUSTER, tags })).toBe(
    one(
      `'${JSON.stringify(tags)}' at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50`,
    ),
  );
});

test("query values are checked as numbers", async () => {
  const eks = new EksHarness();
  expect(await eks.refusal("GET", "/clusters?maxResults=101")).toBe(
    one("'101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100"),
  );
  expect(await eks.refusal("GET", "/clusters?maxResults=ten")).toBe(
    one("'ten' at 'maxResults' failed to satisfy constraint: Member must be of type integer"),
  );
});

test("an empty body lacks what is required", async () => {
  expect(await new EksHarness().refusal("POST", "/clusters")).toBe(
    "InvalidParameterException (400): 3 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be null; Value null at 'roleArn' failed to satisfy constraint: Member must not be null; Value null at 'resourcesVpcConfig' failed to satisfy constraint: Member must not be null",
  );
});
