import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { LoadBalancerSupport } from "../../../constructs/cluster/load-balancer-support";
import { CertManager } from "../../../constructs/controllers/cert-manager";
import {
  LoadBalancerController,
  type LoadBalancerControllerProps,
} from "../../../constructs/controllers/load-balancer-controller";
import { importedCluster } from "../../support/cluster";
import { addressesOf, ANYWHERE, ON_SYSTEM_POOL, spreadBy, systemPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addGpuPool, namespace, valuesOf } from "../../support/releases";

type Options = Partial<Omit<LoadBalancerControllerProps, "cluster">>;

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): LoadBalancerController {
  return new LoadBalancerController(stack, "LoadBalancers", {
    cluster,
    namespace: namespace(stack, "kube-system"),
    support: LoadBalancerSupport.fromLoadBalancerSupportAttributes(stack, "Support", { controllerRoleArn: ROLE_ARN }),
    ...options,
  });
}

const ROLE_ARN = "arn:aws:iam::111111111111:role/load-balancers";

describe("LoadBalancerController with minimal props", () => {
  const out = synthesizeKubernetes((stack) => define(stack, importedCluster(stack)));
  const release = out.resource("helm_release");

  test("is the chart of the catalogue", () => {
    expect(release).toMatchObject({
      name: "aws-load-balancer-controller",
      namespace: "kube-system",
      repository: "https://aws.github.io/eks-charts",
      version: "3.5.0",
      wait: true,
    });
  });

  test("knows its cluster without asking the metadata of its node", () => {
    expect(valuesOf(release)).toMatchObject({ clusterName: "atlas-dev", region: "eu-central-1", vpcId: "vpc-1" });
  });

  test("runs twice as the service account that the role is for", () => {
    expect(valuesOf(release)).toMatchObject({
      serviceAccount: { create: true, name: "aws-load-balancer-controller" },
      replicaCount: 2,
      ...ANYWHERE,
      priorityClassName: "system-cluster-critical",
      podDisruptionBudget: { minAvailable: 1 },
      topologySpreadConstraints: spreadBy({
        "app.kubernetes.io/name": "aws-load-balancer-controller",
        "app.kubernetes.io/instance": "aws-load-balancer-controller",
      }),
      resources: { requests: { cpu: "100m", memory: "200Mi" }, limits: { memory: "500Mi" } },
    });
  });

  test("stands in the way of no service, and keeps its certificate from one release to the next", () => {
    expect(valuesOf(release)).toMatchObject({ enableServiceMutatorWebhook: false, keepTLSSecret: true });
    expect(valuesOf(release)).not.toHaveProperty("enableCertManager");
  });

  test("makes load balancers that are internal, reach pods directly, and speak TLS of today", () => {
    expect(valuesOf(release)).toMatchObject({
      defaultTargetType: "ip",
      defaultLoadBalancerScheme: "internal",
      defaultSSLPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      defaultTags: {},
    });
  });

  test("does not try what its role may not", () => {
    expect(valuesOf(release)).toMatchObject({ enableWaf: false, enableWafv2: false, enableShield: false });
  });
});

describe("LoadBalancerController with every prop", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    const certManager = new CertManager(stack, "CertManager", { cluster, namespace: namespace(stack, "cert-manager") });
    const controllerRoleArn = ROLE_ARN;
    const rights = { controllerRoleArn, webAcls: true, shieldAdvanced: true };
    define(stack, cluster, {
      support: LoadBalancerSupport.fromLoadBalancerSupportAttributes(stack, "Rights", rights),
      pool: systemPool(cluster),
      highAvailability: false,
      monitoring: true,
      certManager,
      tags: { Project: "atlas", Owner: "ml@example.com" },
      sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
    });
  });
  const release = out.resource("helm_release", "LoadBalancers/Chart/Resource");

  test("runs once on the nodes of the pool", () => {
    expect(valuesOf(release)).toMatchObject({
      replicaCount: 1,
      ...ON_SYSTEM_POOL,
      podDisruptionBudget: {},
      serviceMonitor: { enabled: true },
    });
  });

  test("has a certificate of cert-manager, which must stand before it", () => {
    expect(valuesOf(release)).toMatchObject({ enableCertManager: true });
    expect(valuesOf(release)).not.toHaveProperty("keepTLSSecret");
    expect(release["depends_on"]).toEqual([out.addresses("helm_release")["CertManager/Chart/Resource"]]);
  });

  test("uses what its role may, and tags what it makes", () => {
    expect(valuesOf(release)).toMatchObject({
      enableWaf: false,
      enableWafv2: true,
      enableShield: true,
      defaultTags: { Project: "atlas", Owner: "ml@example.com" },
      defaultSSLPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
    });
  });
});

test("what makes an ingress waits for the chart", () => {
  const stack = kubernetesStack();
  const { ready } = define(stack, importedCluster(stack));
  expect(addressesOf(stack, ready)).toEqual(["helm_release.LoadBalancers_Chart_E0945BCF"]);
});

test("LoadBalancerController drops no capabilities", () => {
  expect(LoadBalancerController.podSecurity).toBe("baseline");
});

test("LoadBalancerController reports all problems of its props at once", () => {
  const stack = kubernetesStack();
  const cluster = importedCluster(stack);
  const pool = addGpuPool(cluster, "l4");
  const tags = { "elbv2.k8s.aws/cluster": "other", "aws:x": "y", Team: "a,b=c" };
  const problems = { pool, namespace: namespace(stack, "ingress"), tags, sslPolicy: "TLS 1.2" };
  expect(failure(() => define(stack, cluster, problems))).toEqual({
    code: "INVALID_LOAD_BALANCER_CONTROLLER_PROPS",
    message: [
      '`pool` must be a pool without accelerators, which would be kept busy by what needs none, got "l4 (gpu)"',
      '`namespace` must be `kube-system`, which the controller\'s role is for, got "ingress"',
      '`sslPolicy` must be the name of a policy, as `ELBSecurityPolicy-…`, got "TLS 1.2"',
      '`tags["elbv2.k8s.aws/cluster"]` must not be a key that AWS or the controller keeps for itself, got "elbv2.k8s.aws/cluster"',
      '`tags["aws:x"]` must not be a key that AWS or the controller keeps for itself, got "aws:x"',
      '`tags["Team"]` must have no commas, equals signs or quotes, which the controller could not tell from its own, got "a,b=c"',
      "  in test/LoadBalancers",
    ].join("\n"),
  });
});
