import type { TerraformStack } from "cdktf";
import { ExternalSecretsSupport } from "../../../constructs/cluster/external-secrets-support";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { ExternalSecrets, type ExternalSecretsProps } from "../../../constructs/controllers/external-secrets";
import { importedCluster } from "../../support/cluster";
import { addressesOf, ANYWHERE, ON_SYSTEM_POOL, spreadBy, systemPool } from "../../support/controllers";
import { customResourceProblems, testWithDefinitions } from "../../support/custom-resources";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addGpuPool, namespace, objectsOf, valuesOf } from "../../support/releases";
import { synth } from "../../support/synth";

type Options = Partial<Omit<ExternalSecretsProps, "cluster">>;

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): ExternalSecrets {
  const controllerRoleArn = "arn:aws:iam::111111111111:role/external-secrets";
  return new ExternalSecrets(stack, "Secrets", {
    cluster,
    namespace: namespace(stack, "external-secrets"),
    support: ExternalSecretsSupport.fromExternalSecretsSupportAttributes(stack, "Support", { controllerRoleArn }),
    ...options,
  });
}

describe("ExternalSecrets with minimal props", () => {
  const out = synthesizeKubernetes((stack) => {
    expect(define(stack, importedCluster(stack)).storeName).toBeUndefined();
  });
  const release = out.resource("helm_release");

  test("is the chart of the catalogue", () => {
    expect(release).toMatchObject({ name: "external-secrets", namespace: "external-secrets", version: "2.9.0" });
  });

  test("leaves its definitions when it goes, and with them the secrets it made", () => {
    expect(valuesOf(release)).toMatchObject({
      installCRDs: true,
      crds: { annotations: { "helm.sh/resource-policy": "keep" } },
    });
  });

  test("runs each part twice, of which one leads, with a budget, spread over zones and nodes", () => {
    const part = {
      replicaCount: 2,
      priorityClassName: "system-cluster-critical",
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
    };
    expect(valuesOf(release)).toMatchObject({
      global: { ...ANYWHERE, topologySpreadConstraints: spreadBy() },
      ...part,
      leaderElect: true,
      resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      webhook: { ...part, resources: { requests: { cpu: "25m", memory: "64Mi" }, limits: { memory: "256Mi" } } },
      certController: {
        ...part,
        resources: { requests: { cpu: "25m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      },
    });
  });

  test("acts as its own role alone, and writes nothing to AWS", () => {
    expect(valuesOf(release)).toMatchObject({
      serviceAccount: { create: true, name: "external-secrets" },
      rbac: { serviceAccountTokenCreate: false, servicebindings: { create: false } },
      processPushSecret: false,
      processClusterPushSecret: false,
    });
  });
});

describe("ExternalSecrets with every prop", () => {
  const stack = kubernetesStack();
  const cluster = importedCluster(stack);
  const secrets = define(stack, cluster, {
    pool: systemPool(cluster),
    highAvailability: false,
    monitoring: true,
    store: { storeName: "atlas", namespaces: ["tracking", "serving"] },
  });
  const out = synth(stack);
  const release = out.resource("helm_release", "Secrets/Store/Resource");

  test("runs once on the nodes of the pool, and elects nobody", () => {
    expect(valuesOf(out.resource("helm_release", "Secrets/Chart/Resource"))).toMatchObject({
      global: ON_SYSTEM_POOL,
      replicaCount: 1,
      leaderElect: false,
      podDisruptionBudget: { enabled: false },
      webhook: { replicaCount: 1, podDisruptionBudget: { enabled: false } },
      certController: { replicaCount: 1, podDisruptionBudget: { enabled: false } },
      serviceMonitor: { enabled: true, renderMode: "alwaysRender" },
    });
  });

  test("opens a store to the named namespaces alone, with the controller's own role", () => {
    expect(objectsOf(release)).toEqual([
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ClusterSecretStore",
        metadata: { name: "atlas" },
        spec: {
          provider: { aws: { service: "SecretsManager", region: "eu-central-1" } },
          conditions: [{ namespaces: ["tracking", "serving"] }],
        },
      },
    ]);
  });

  test("makes the store when the webhook that checks it answers", () => {
    expect(release).toMatchObject({ name: "external-secrets-store", namespace: "external-secrets" });
    expect(release["depends_on"]).toEqual([out.addresses("helm_release")["Secrets/Chart/Resource"]]);
  });

  testWithDefinitions("defines the store as the chart's definitions have it", () => {
    expect(customResourceProblems("external-secrets", objectsOf(release))).toEqual([]);
  });

  test("says the store's name, and what must stand before an ExternalSecret is made", () => {
    expect(secrets.storeName).toBe("atlas");
    expect(addressesOf(stack, secrets.ready)).toEqual([
      "helm_release.Secrets_Chart_FC39C36F",
      "helm_release.Secrets_Store_BB73075B",
    ]);
  });
});

test("a store has a name of its own", () => {
  const stack = kubernetesStack();
  const secrets = define(stack, importedCluster(stack), { store: { namespaces: ["tracking"] } });
  expect(secrets.storeName).toBe("aws-secrets-manager");
});

test("ExternalSecrets says what its namespace must allow", () => {
  expect(ExternalSecrets.podSecurity).toBe("restricted");
  expect(ExternalSecrets.webhookPorts).toEqual([10250]);
});

describe("ExternalSecrets refuses", () => {
  test("a place that its role is not for, and a store with bad names, all at once", () => {
    const stack = kubernetesStack();
    const cluster = importedCluster(stack);
    const pool = addGpuPool(cluster, "l4");
    const store = { storeName: "My Store", namespaces: ["tracking", "Tracking", "tracking"] };
    expect(failure(() => define(stack, cluster, { pool, namespace: namespace(stack, "secrets"), store }))).toEqual({
      code: "INVALID_EXTERNAL_SECRETS_PROPS",
      message: [
        '`pool` must be a pool without accelerators, which would be kept busy by what needs none, got "l4 (gpu)"',
        '`namespace` must be `external-secrets`, which the controller\'s role is for, got "secrets"',
        '`store.storeName` must be a DNS label (RFC 1123): 1 to 63 lower-case letters, digits and hyphens, got "My Store"',
        '`store.namespaces[1]` must be a DNS label (RFC 1123): 1 to 63 lower-case letters, digits and hyphens, got "Tracking"',
        '`store.namespaces[2]` must not be named twice, got "tracking"',
        "  in test/Secrets",
      ].join("\n"),
    });
  });

  test("a store that no namespace reads through, since without conditions it would be open to all", () => {
    const stack = kubernetesStack();
    expect(failure(() => define(stack, importedCluster(stack), { store: { namespaces: [] } })).message).toBe(
      [
        "`store.namespaces` must name at least one namespace; leave out `store` when none reads secrets, got []",
        "  in test/Secrets",
      ].join("\n"),
    );
  });
});
