import type { TerraformStack } from "cdktf";
import { EksCluster, type EksClusterProps } from "../../../../constructs/cluster/eks-cluster";
import { ADMIN, minimalClusterProps, SYSTEM_POOL } from "../../../support/cluster";
import { failure } from "../../../support/fixtures";
import { synthesize, testStack } from "../../../support/synth";

type Props = Partial<EksClusterProps>;

const roleArn = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
const DEPLOYER = roleArn("ci/deployer");
const EDITOR = roleArn("team/vision");
const define = (stack: TerraformStack, props: Props) =>
  new EksCluster(stack, "Cluster", { ...minimalClusterProps(stack), ...props });
const clusterWith = (props: Props) =>
  synthesize((stack) => {
    define(stack, props).addNodePool("SystemPool", SYSTEM_POOL);
  });
const refused = (props: Props) =>
  failure(() => define(testStack(), props))
    .message.split("\n")
    .slice(0, -1);

describe("access", () => {
  const out = clusterWith({
    deployers: [DEPLOYER],
    editors: [{ principalArn: EDITOR, namespaces: ["vision", "training"] }],
    viewers: [roleArn("viewer")],
  });
  const policyOf = (name: string) =>
    out.resource("aws_eks_access_policy_association", `Cluster/AccessPolicy-111111111111-${name}`);

  test("of deployers is that of administrators: they install resource definitions and cluster roles", () => {
    expect(policyOf("ci--deployer")).toMatchObject({
      principal_arn: DEPLOYER,
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      access_scope: { type: "cluster" },
    });
  });

  test("of editors ends at their namespaces, which stand in an order of their own", () => {
    expect(policyOf("team--vision")).toMatchObject({
      principal_arn: EDITOR,
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
      access_scope: { type: "namespace", namespaces: ["training", "vision"] },
    });
  });

  test("is an entry for each, under an id that does not tell the rights", () => {
    expect(Object.keys(out.resources("aws_eks_access_entry"))).toEqual([
      "Cluster/Access-111111111111-ci--deployer",
      "Cluster/Access-111111111111-platform-admin",
      "Cluster/Access-111111111111-team--vision",
      "Cluster/Access-111111111111-viewer",
    ]);
    const asAdmins = clusterWith({ admins: [ADMIN, DEPLOYER, EDITOR, roleArn("viewer")] });
    expect(asAdmins.addresses("aws_eks_access_entry")).toEqual(out.addresses("aws_eks_access_entry"));
  });
});

describe("access is refused", () => {
  const ARN = "must be the ARN of an IAM role or user, path included (not of a session, not of the account)";
  const NAMESPACE = "must be a Kubernetes namespace: 1 to 63 lower-case letters, digits and hyphens (no pattern)";
  const editor = (...namespaces: string[]): Props => ({ editors: [{ principalArn: EDITOR, namespaces }] });

  test.each<[string, Props, string[]]>([
    [
      "to who is in two lists",
      {
        deployers: [ADMIN, DEPLOYER],
        editors: [{ principalArn: DEPLOYER, namespaces: ["a"] }],
        viewers: [ADMIN, DEPLOYER],
      },
      [
        `\`deployers\` must not be in \`admins\` too, got ["${ADMIN}"]`,
        `\`editors\` must not be in \`deployers\` too, got ["${DEPLOYER}"]`,
        `\`viewers\` must not be in \`admins\` too, got ["${ADMIN}"]`,
        `\`viewers\` must not be in \`deployers\` too, got ["${ADMIN}","${DEPLOYER}"]`,
        `\`viewers\` must not be in \`editors\` too, got ["${DEPLOYER}"]`,
      ],
    ],
    [
      "to who is named twice",
      { deployers: [DEPLOYER, DEPLOYER] },
      [`\`deployers[1]\` must not be named twice, got "${DEPLOYER}"`],
    ],
    [
      "to an editor who is no role",
      { editors: [{ principalArn: "vision", namespaces: ["a"] }] },
      [`\`editors[0].principalArn\` ${ARN}, got "vision"`],
    ],
    [
      "to who is known only after apply",
      { deployers: ["${TfToken[TOKEN.1]}"] },
      [`\`deployers[0]\` ${ARN}, got "a value known only after apply"`],
    ],
    ["to no namespace", editor(), ["`editors[0].namespaces` must name at least one namespace, got []"]],
    [
      "to namespaces by a pattern",
      editor("team-*", "Vision", "a".repeat(64)),
      [
        `\`editors[0].namespaces[0]\` ${NAMESPACE}, got "team-*"`,
        `\`editors[0].namespaces[1]\` ${NAMESPACE}, got "Vision"`,
        `\`editors[0].namespaces[2]\` ${NAMESPACE}, got "${"a".repeat(64)}"`,
      ],
    ],
    [
      "to what Kubernetes runs on",
      editor("kube-system"),
      [
        '`editors[0].namespaces[0]` must not be one of Kubernetes itself: whoever changes pods there rules the cluster, got "kube-system"',
      ],
    ],
    ["to a namespace twice", editor("a", "a"), ['`editors[0].namespaces[1]` must not be named twice, got "a"']],
  ])("%s", (_name, props, lines) => {
    expect(refused(props)).toEqual(lines);
  });

  test("not to a namespace with the longest name", () => {
    expect(() => clusterWith(editor("a".repeat(63)))).not.toThrow();
  });
});
