import type { Example, TerraformJson } from "../../../policy/engine/rule";
import { eksAddonVersionPinned } from "../../../policy/rules/eks/eks-addon-version-pinned";
import { eksFewClusterAdmins } from "../../../policy/rules/eks/eks-few-cluster-admins";
import { eksLogGroupStated } from "../../../policy/rules/eks/eks-log-group-stated";
import { eksNetworkPoliciesEnforced } from "../../../policy/rules/eks/eks-network-policies-enforced";
import { eksNoCreatorAdmin } from "../../../policy/rules/eks/eks-no-creator-admin";
import { eksNoSystemGroups } from "../../../policy/rules/eks/eks-no-system-groups";
import { eksOneRolePerServiceAccount } from "../../../policy/rules/eks/eks-one-role-per-service-account";
import { eksPublicCidrsNarrow } from "../../../policy/rules/eks/eks-public-cidrs-narrow";
import { eksSecretsEncrypted } from "../../../policy/rules/eks/eks-secrets-encrypted";
import { eksVersionStandardSupport } from "../../../policy/rules/eks/eks-version-standard-support";
import { eksVersionSupported } from "../../../policy/rules/eks/eks-version-supported";
import { resources, said } from "./private/said";

const cluster = (about: object): Example => resources({ aws_eks_cluster: { main: { name: "atlas-prod", ...about } } });
const addon = (about: object, others: TerraformJson["resource"] = {}): Example =>
  resources({ aws_eks_addon: { cni: { addon_name: "vpc-cni", ...about } }, ...others });

describe("encryption of secrets", () => {
  test("is read alike from a block and from a list with one block", () => {
    const block = { resources: ["secrets"], provider: { key_arn: "arn:aws:kms:us-east-1:111111111111:key/k" } };
    expect(said(eksSecretsEncrypted, cluster({ encryption_config: block }))).toEqual([]);
    expect(
      said(eksSecretsEncrypted, cluster({ encryption_config: [{ ...block, provider: [block.provider] }] })),
    ).toEqual([]);
  });

  test("is one finding when it lacks altogether, and one for each part that is wrong", () => {
    expect(said(eksSecretsEncrypted, cluster({}))).toEqual(["fail: `encryption_config` must be set, got nothing"]);
    expect(said(eksSecretsEncrypted, cluster({ encryption_config: { resources: [] } }))).toEqual([
      "fail: `encryption_config.provider.key_arn` must be set, got nothing",
      "fail: `encryption_config.resources` must include secrets, got []",
    ]);
  });

  test("is unknown when a dynamic block makes it", () => {
    const dynamic = { encryption_config: { for_each: "${var.keys}", content: { resources: ["secrets"] } } };
    expect(said(eksSecretsEncrypted, cluster({ dynamic }))).toEqual([expect.stringMatching(/^unknown: /)]);
  });
});

describe("networks of a public endpoint", () => {
  const of = (vpcConfig: object): readonly string[] => said(eksPublicCidrsNarrow, cluster({ vpc_config: vpcConfig }));
  const message = (got: string): string =>
    `fail: \`vpc_config.public_access_cidrs\` must name the networks that may reach the public endpoint, got ${got}`;

  test("do not matter while it is private", () => {
    expect(of({ endpoint_public_access: "false", public_access_cidrs: ["0.0.0.0/0"] })).toEqual([]);
  });

  test("must be named: EKS lets in everybody where none is", () => {
    expect(of({})).toEqual([message("nothing")]);
    expect(of({ public_access_cidrs: [] })).toEqual([message("[]")]);
  });

  test.each([["::/0"], ["0.0.0.0/1"], ["128.0.0.0/1"]])("must not be the world, as %s is", (cidr) => {
    expect(of({ public_access_cidrs: ["203.0.113.0/24", cidr] })).toEqual([message(`["203.0.113.0/24","${cidr}"]`)]);
  });

  test("may be a whole private range", () => {
    expect(of({ public_access_cidrs: ["10.0.0.0/8"] })).toEqual([]);
  });

  test("are unknown while it is not known whether the endpoint is public", () => {
    expect(of({ endpoint_public_access: "${var.public}" })).toEqual([expect.stringMatching(/^unknown: /)]);
  });
});

describe("the version", () => {
  const supported = (version: unknown): readonly string[] => said(eksVersionSupported, cluster({ version }));

  test("must be stated", () => {
    expect(supported(undefined)).toEqual(["fail: `version` must be set, got nothing"]);
  });

  test("says why it is refused", () => {
    expect(supported("1.30")).toEqual([
      'fail: `version` must be supported on 2026-11-21, got "1.30", whose support has ended',
    ]);
    expect(supported("1.12")).toEqual([
      'fail: `version` must be supported on 2026-11-21, got "1.12", whose support has ended',
    ]);
  });

  test("is unknown when it is newer than the catalogue", () => {
    expect(supported("1.99")).toEqual([
      expect.stringMatching(
        /^unknown: `version` must be supported: "1\.99" came after the catalogue of \d{4}-\d\d-\d\d$/,
      ),
    ]);
  });

  test("in extended support is no fault of support, and says since when it costs extra", () => {
    expect(supported("1.33")).toEqual([]);
    expect(said(eksVersionStandardSupport, cluster({ version: "1.33" }))).toEqual([
      'fail: `version` must be in standard support, got "1.33", which has cost extra since 2026-07-29',
    ]);
  });

  test("without any support costs nothing extra", () => {
    expect(said(eksVersionStandardSupport, cluster({ version: "1.28" }))).toEqual([]);
  });
});

test("a creator's rights are no question where the ConfigMap alone decides", () => {
  expect(said(eksNoCreatorAdmin, cluster({}))).toEqual([]);
  expect(said(eksNoCreatorAdmin, cluster({ access_config: { authentication_mode: "CONFIG_MAP" } }))).toEqual([]);
});

describe("groups of Kubernetes itself", () => {
  const configMap = (name: string, mapRoles: string): Example =>
    resources({ kubernetes_config_map_v1: { auth: { metadata: { name }, data: { mapRoles } } } });

  test("are found in the ConfigMap aws-auth, in templates too", () => {
    const roles = '${yamlencode([{ rolearn = aws_iam_role.ops.arn, groups = ["system:masters"] }])}';
    expect(said(eksNoSystemGroups, configMap("aws-auth", roles))).toEqual([
      "fail: `data.mapRoles` must not put anybody into `system:masters`",
    ]);
  });

  test("are unknown where the ConfigMap is, and no matter in another one", () => {
    expect(said(eksNoSystemGroups, configMap("aws-auth", "${var.roles}"))).toEqual([
      "unknown: `data.mapRoles` must not put anybody into `system:masters`, and is known only after apply",
    ]);
    expect(said(eksNoSystemGroups, configMap("notes", "system:masters"))).toEqual([]);
  });
});

test("administrators are counted by cluster, and named", () => {
  const association = (cluster: string, role: string): Record<string, unknown> => ({
    cluster_name: `\${aws_eks_cluster.${cluster}.name}`,
    principal_arn: role,
    policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
  });
  const example = resources({
    aws_eks_cluster: { one: { name: "one" }, two: { name: "two" } },
    aws_eks_access_policy_association: {
      a: association("one", "a"),
      b: association("one", "b"),
      c: association("two", "c"),
    },
  });
  expect(said(eksFewClusterAdmins, example)).toEqual([]);
  expect(said(eksFewClusterAdmins, { ...example, thresholds: { maxClusterAdmins: 1 } })).toEqual([
    'fail: at most 1 principals may have AmazonEKSClusterAdminPolicy, got 2: "a", "b"',
  ]);
});

test("an add-on's version is not pinned by a data source that takes the newest", () => {
  const terraform: TerraformJson = {
    resource: { aws_eks_addon: { cni: { addon_version: "${data.aws_eks_addon_version.cni.version}" } } },
    data: { aws_eks_addon_version: { cni: { addon_name: "vpc-cni", most_recent: true } } },
  };
  expect(said(eksAddonVersionPinned, { terraform })).toEqual([
    "fail: `addon_version` must be a fixed version, got the newest of each day: ${data.aws_eks_addon_version.cni.version}",
  ]);
});

describe("network policies", () => {
  test("may be switched on in YAML", () => {
    expect(said(eksNetworkPoliciesEnforced, addon({ configuration_values: "enableNetworkPolicy: true" }))).toEqual([]);
  });

  test("may be enforced by another plug-in", () => {
    const cilium = { helm_release: { cilium: { chart: "cilium" } } };
    expect(said(eksNetworkPoliciesEnforced, addon({}, cilium))).toEqual([]);
  });

  test("are no matter of other add-ons", () => {
    expect(said(eksNetworkPoliciesEnforced, addon({ addon_name: "coredns" }))).toEqual([]);
  });
});

test("a service account of the same name in another namespace is another one", () => {
  const association = (namespace: string): Record<string, unknown> => ({
    cluster_name: "atlas-prod",
    namespace,
    service_account: "server",
  });
  const example = (...namespaces: readonly string[]): Example =>
    resources({
      aws_eks_pod_identity_association: Object.fromEntries(
        namespaces.map((one, index) => [`a${index}`, association(one)]),
      ),
    });
  expect(said(eksOneRolePerServiceAccount, example("serving", "features"))).toEqual([]);
  expect(said(eksOneRolePerServiceAccount, example("serving", "serving"))).toEqual([
    'fail: `service_account` must have one association, and "atlas-prod"/"serving"/"server" has aws_eks_pod_identity_association.a0 too',
  ]);
});

test("a log group is the cluster's when its name is made of the cluster's", () => {
  const logs = { aws_cloudwatch_log_group: { logs: { name: "/aws/eks/${aws_eks_cluster.main.name}/cluster" } } };
  const main = { aws_eks_cluster: { main: { name: "${var.name}", enabled_cluster_log_types: ["audit"] } } };
  expect(said(eksLogGroupStated, resources({ ...main, ...logs }))).toEqual([]);
});
