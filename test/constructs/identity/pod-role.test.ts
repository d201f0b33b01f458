import { Lazy } from "cdktf";
import type { PodRoleProps } from "../../../constructs/identity/pod-role";
import { PodRole } from "../../../constructs/identity/pod-role";
import { Key } from "../../../constructs/encryption/key";
import { ObjectStore } from "../../../constructs/storage/object-store";
import { IDENTITY, failure } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";

const MINIMAL: PodRoleProps = {
  identity: IDENTITY,
  clusterName: "atlas-dev",
  name: "training",
  namespace: "training",
  serviceAccount: "trainer",
};
const roleWith = (props: Partial<PodRoleProps> = {}, use: (role: PodRole) => void = () => undefined) =>
  synthesize((stack) => {
    use(new PodRole(stack, "Role", { ...MINIMAL, ...props }));
  });
const refused = (props: Partial<PodRoleProps>) =>
  failure(() => new PodRole(testStack(), "Role", { ...MINIMAL, ...props }));

describe("PodRole", () => {
  const out = roleWith();

  test("is a role named after environment and purpose", () => {
    expect(out.resource("aws_iam_role")).toEqual({
      name: "atlas-dev-training",
      description: "Pods of service account training/trainer",
      assume_role_policy: expect.any(String),
      tags: { Name: "atlas-dev-training" },
    });
  });

  test("trusts EKS for one service account of one cluster only", () => {
    expect(out.policy("aws_iam_role", undefined, "assume_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "PodsOfOneServiceAccount",
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "111111111111",
              "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-1:111111111111:cluster/atlas-dev",
              "aws:RequestTag/kubernetes-namespace": "training",
              "aws:RequestTag/kubernetes-service-account": "trainer",
            },
          },
        },
      ],
    });
  });

  test("is associated with the service account", () => {
    expect(out.resource("aws_eks_pod_identity_association")).toEqual({
      cluster_name: "atlas-dev",
      namespace: "training",
      service_account: "trainer",
      role_arn: "${aws_iam_role.Role_1ABCC5F0.arn}",
    });
  });

  test("has no policy until something is granted", () => {
    expect(out.counts()).toEqual({ aws_iam_role: 1, aws_eks_pod_identity_association: 1 });
  });

  test("keeps its addresses", () => {
    expect(out.addresses("aws_iam_role")).toEqual({ "Role/Resource": "aws_iam_role.Role_1ABCC5F0" });
    expect(out.addresses("aws_eks_pod_identity_association")).toEqual({
      "Role/Association": "aws_eks_pod_identity_association.Role_Association_FC7AD27D",
    });
  });

  test("takes the name of a cluster that is still to be made", () => {
    const clusterName = Lazy.stringValue({ produce: () => "${aws_eks_cluster.Cluster.name}" });
    const { cluster_name: name } = roleWith({ clusterName }).resource("aws_eks_pod_identity_association");

    expect(name).toBe("${aws_eks_cluster.Cluster.name}");
  });

  test("cuts a long name to 64 characters, with a hash", () => {
    expect(roleWith({ name: "a".repeat(60) }).resource("aws_iam_role").name).toMatch(/^atlas-dev-a{45}-[0-9a-f]{8}$/);
  });
});

describe("PodRole in a boundary", () => {
  const permissionsBoundaryArn = "arn:aws:iam::111111111111:policy/atlas-dev-boundary";

  test("carries it", () => {
    expect(roleWith({ permissionsBoundaryArn }).resource("aws_iam_role")).toMatchObject({
      permissions_boundary: permissionsBoundaryArn,
    });
  });

  test("takes one that is still to be made", () => {
    const later = Lazy.stringValue({ produce: () => "${aws_iam_policy.Boundary.arn}" });

    expect(roleWith({ permissionsBoundaryArn: later }).resource("aws_iam_role")).toMatchObject({
      permissions_boundary: "${aws_iam_policy.Boundary.arn}",
    });
  });

  test("refuses what is no ARN of a policy", () => {
    expect(refused({ permissionsBoundaryArn: "atlas-dev-boundary" }).message).toBe(
      '`permissionsBoundaryArn` must be an ARN arn:<partition>:iam::<account>:policy/<name>, got "atlas-dev-boundary"\n  in test/Role',
    );
  });
});

describe("PodRole grants", () => {
  test("collect into one inline policy", () => {
    const out = synthesize((stack) => {
      const keyArn = "arn:aws:kms:eu-central-1:111111111111:key/1";
      const encryptionKey = Key.fromKeyAttributes(stack, "Key", { keyArn });
      const role = new PodRole(stack, "Role", MINIMAL);
      for (const bucketName of ["datasets", "models"]) {
        const attributes = { bucketName, region: "eu-central-1", encryptionKey };
        ObjectStore.fromObjectStoreAttributes(stack, bucketName, attributes).grantRead(role);
      }
    });

    expect(out.resource("aws_iam_role_policy", "Role/Policy")).toMatchObject({
      role: "${aws_iam_role.Role_1ABCC5F0.name}",
    });
    expect(out.policy("aws_iam_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:DescribeKey"],
          Resource: "arn:aws:kms:eu-central-1:111111111111:key/1",
        },
        {
          Effect: "Allow",
          Action: ["s3:GetBucketLocation", "s3:ListBucket"],
          Resource: ["arn:aws:s3:::datasets", "arn:aws:s3:::models"],
        },
        {
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:GetObjectVersion"],
          Resource: ["arn:aws:s3:::datasets/*", "arn:aws:s3:::models/*"],
        },
      ],
    });
  });
});

describe("PodRole refuses", () => {
  const label =
    "must be a DNS label (RFC 1123): 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends";
  const subdomain = "must be a DNS subdomain (RFC 1123): at most 253 characters, DNS labels joined by dots";
  const cluster = "must be 1 to 100 letters, digits, hyphens and underscores, starting with a letter or digit";
  const long = (text: string) => `"${text.slice(0, 119)}… (${text.length + 2} characters)`;
  const subdomainOf = (length: number) => `${"a".repeat(63)}.`.repeat(4).slice(0, length - 1) + "z";

  test.each(["", "Training", "a_b", "-a", "a-", "a.b", "a".repeat(64)])("the namespace %p", (namespace) => {
    expect(refused({ namespace })).toEqual({
      code: "INVALID_POD_ROLE_PROPS",
      message: `\`namespace\` ${label}, got "${namespace}"\n  in test/Role`,
    });
  });

  test.each(["", "Trainer", "a..b", ".a", "a/b"])("the service account %p", (serviceAccount) => {
    expect(refused({ serviceAccount }).message).toBe(
      `\`serviceAccount\` ${subdomain}, got "${serviceAccount}"\n  in test/Role`,
    );
  });

  test("a service account of 254 characters, and takes 253", () => {
    const [longest, tooLong] = [subdomainOf(253), subdomainOf(254)];

    expect(roleWith({ namespace: "a".repeat(63), serviceAccount: longest }).counts()).toMatchObject({
      aws_iam_role: 1,
    });
    expect(refused({ serviceAccount: tooLong }).message).toBe(
      `\`serviceAccount\` ${subdomain}, got ${long(tooLong)}\n  in test/Role`,
    );
  });

  test.each(["", "-a", "a b", "a".repeat(101)])("the cluster name %p", (clusterName) => {
    expect(refused({ clusterName }).message).toBe(`\`clusterName\` ${cluster}, got "${clusterName}"\n  in test/Role`);
  });

  test("everything that is wrong at once", () => {
    const wrong = { name: "My role", clusterName: "", namespace: "A", serviceAccount: "B" };

    expect(refused(wrong).message.split("\n")).toEqual([
      '`name` must be lower-case letters and digits, in words joined by single hyphens, got "My role"',
      `\`clusterName\` ${cluster}, got ""`,
      `\`namespace\` ${label}, got "A"`,
      `\`serviceAccount\` ${subdomain}, got "B"`,
      "  in test/Role",
    ]);
  });
});

describe("PodRole.fromPodRoleAttributes", () => {
  const roleArn = "arn:aws:iam::111111111111:role/teams/vision";

  test("has ARN and name, and is granted through an inline policy of its own", () => {
    const out = synthesize((stack) => {
      const role = PodRole.fromPodRoleAttributes(stack, "Shared", { roleArn });
      expect(role).toMatchObject({ roleArn, roleName: "vision" });
      role.grantPrincipal.addToPolicy({ actions: ["a:A"], resources: ["r"] });
    });

    expect(out.counts()).toEqual({ aws_iam_role_policy: 1 });
    expect(out.resource("aws_iam_role_policy", "Shared/Policy")).toMatchObject({ role: "vision" });
  });

  test.each(["vision", "arn:aws:iam::111111111111:user/vision", "arn:aws:iam::1:role/vision"])(
    "refuses %p",
    (wrong) => {
      expect(failure(() => PodRole.fromPodRoleAttributes(testStack(), "Shared", { roleArn: wrong }))).toEqual({
        code: "INVALID_POD_ROLE_ATTRIBUTES",
        message: `\`roleArn\` must be an ARN arn:<partition>:iam::<account>:role/<name>, got "${wrong}"\n  in test/Shared`,
      });
    },
  );
});
