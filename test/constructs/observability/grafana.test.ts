import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { Grafana, type GrafanaProps } from "../../../constructs/observability/grafana";
import type { GrafanaSignIn } from "../../../constructs/observability/grafana-options";
import { importedCluster } from "../../support/cluster";
import { addressesOf, ANYWHERE, ON_SYSTEM_POOL, spreadBy, systemPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addGpuPool, namespace, objectsOf, valuesOf } from "../../support/releases";

type Options = Partial<Omit<GrafanaProps, "cluster" | "namespace">>;

const CHART = "Grafana/Chart/Resource";
const SECRETS = "Grafana/Secrets/Resource";
const MINIMAL = {
  secret: "atlas/dev/observability/grafana",
  dataSources: { prometheusUrl: "http://kps-prometheus.monitoring.svc:9090" },
};
const SIGN_IN: GrafanaSignIn = {
  clientId: "grafana",
  authorizeUrl: "https://login.example.com/authorize",
  tokenUrl: "https://login.example.com/token",
  userInfoUrl: "https://login.example.com/userinfo",
  roles: {},
};
const AUTHORITY = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const DATABASE = { host: "db.example.com", name: "grafana", secret: "rds!db-1234" };
const INGRESS = {
  host: "grafana.example.com",
  certificateArn: "arn:aws:acm:eu-central-1:111111111111:certificate/1234-abcd",
};

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): Grafana {
  return new Grafana(stack, "Grafana", { cluster, namespace: namespace(stack, "monitoring"), ...MINIMAL, ...options });
}

function valuesWith(options: Options): Record<string, unknown> {
  const out = synthesizeKubernetes((stack) => define(stack, importedCluster(stack), options));
  return valuesOf(out.resource("helm_release", CHART));
}

function iniWith(options: Options): Record<string, Record<string, unknown>> {
  return valuesWith(options)["grafana.ini"] as Record<string, Record<string, unknown>>;
}

describe("Grafana with minimal props", () => {
  const out = synthesizeKubernetes((stack) => define(stack, importedCluster(stack)));
  const release = out.resource("helm_release", CHART);
  const values = valuesOf(release);
  const ini = values["grafana.ini"] as Record<string, unknown>;

  test("is the chart of the catalogue", () => {
    expect(release).toMatchObject({ name: "grafana", namespace: "monitoring", chart: "grafana", version: "12.11.1" });
  });

  test("makes nothing up: administrator, signing key and password come from the stored secret", () => {
    expect(objectsOf(out.resource("helm_release", SECRETS))).toEqual([
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata: { name: "grafana-credentials" },
        spec: {
          refreshInterval: "1h0m0s",
          secretStoreRef: { kind: "ClusterSecretStore", name: "aws-secrets-manager" },
          target: { name: "grafana-credentials", creationPolicy: "Owner", deletionPolicy: "Retain" },
          dataFrom: [{ extract: { key: "atlas/dev/observability/grafana" } }],
        },
      },
    ]);
    expect(values).toMatchObject({
      admin: { existingSecret: "grafana-credentials", userKey: "admin-user", passwordKey: "admin-password" },
      imageRenderer: { enabled: false },
    });
    expect(values["envValueFrom"]).toEqual({
      GF_SECURITY_SECRET_KEY: { secretKeyRef: { name: "grafana-credentials", key: "secret-key" } },
    });
  });

  test("lets nobody in without a name, and nobody sign up", () => {
    expect(ini).toMatchObject({
      "auth.anonymous": { enabled: false },
      users: { allow_sign_up: false, viewers_can_edit: false, auto_assign_org_role: "Viewer" },
      security: { disable_gravatar: true, allow_embedding: false, cookie_secure: false },
    });
    expect(ini).not.toHaveProperty("auth.generic_oauth");
  });

  test("runs the plugins of its image, and tells nobody anything", () => {
    expect(ini).toMatchObject({
      plugins: { preinstall_disabled: true, preinstall_auto_update: false, plugin_admin_enabled: false },
      analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false },
      snapshots: { external_enabled: false },
    });
  });

  test("evaluates no alerts of its own", () => {
    expect(ini["unified_alerting"]).toEqual({ enabled: true, execute_alerts: false });
  });

  test("lets the sidecar read config maps of the namespace, and no secrets", () => {
    expect(out.resource("kubernetes_role_v1")).toMatchObject({
      metadata: { name: "grafana-dashboards-reader", namespace: "monitoring" },
      rule: [{ api_groups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] }],
    });
    expect(values).toMatchObject({
      rbac: { namespaced: true, useExistingRole: "grafana-dashboards-reader" },
      sidecar: {
        dashboards: {
          enabled: true,
          label: "grafana_dashboard",
          labelValue: "1",
          resource: "configmap",
          folderAnnotation: "grafana_folder",
          skipReload: true,
          provider: { allowUiUpdates: false, foldersFromFilesStructure: true },
        },
      },
    });
  });

  test("asks Prometheus, and forgets data sources that are no longer defined", () => {
    expect(values["datasources"]).toEqual({
      "datasources.yaml": {
        apiVersion: 1,
        prune: true,
        datasources: [
          {
            ...{ name: "Prometheus", type: "prometheus", uid: "prometheus", access: "proxy", editable: false },
            url: "http://kps-prometheus.monitoring.svc:9090",
            isDefault: true,
            jsonData: { httpMethod: "POST", manageAlerts: true, prometheusType: "Prometheus", timeInterval: "30s" },
          },
        ],
      },
    });
  });

  test("runs once, without privileges, on a read-only file system, and is there while it is replaced", () => {
    const container = {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    };
    expect(values).toMatchObject({
      replicas: 1,
      ...ANYWHERE,
      podDisruptionBudget: {},
      deploymentStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      securityContext: { runAsNonRoot: true, runAsUser: 472 },
      containerSecurityContext: container,
      persistence: { enabled: false },
      resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "768Mi" } },
      serviceMonitor: { enabled: false },
    });
    expect((values["sidecar"] as Record<string, unknown>)["securityContext"]).toMatchObject(container);
    expect(values).not.toHaveProperty("ingress");
  });
});

test("Grafana with every prop is reached over TLS, signs people in, keeps its state in PostgreSQL and leads to traces", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    const grafana = define(stack, cluster, {
      secretStore: "vault",
      dataSources: {
        ...{ prometheusUrl: "http://p.monitoring.svc:9090", scrapeIntervalSeconds: 15 },
        alertmanagerUrl: "http://a.monitoring.svc:9093",
        lokiUrl: "http://l.monitoring.svc:3100",
        tempoUrl: "http://t.monitoring.svc:3200",
      },
      signIn: {
        ...SIGN_IN,
        providerName: "Example",
        signOutUrl: "https://login.example.com/logout",
        scopes: ["openid", "offline_access"],
        allowedDomains: ["example.com"],
        roles: { adminGroups: ["platform"] },
      },
      ingress: { ...INGRESS, scheme: "internet-facing", allowedCidrs: ["203.0.113.0/24"] },
      database: { ...DATABASE, port: 5433, certificateAuthorities: AUTHORITY },
      pool: systemPool(cluster),
      monitoring: true,
    });
    expect(grafana.grafanaUrl).toBe("https://grafana.example.com");
    expect(grafana.serviceUrl).toBe("http://grafana.monitoring.svc");
  });
  const values = valuesOf(out.resource("helm_release", CHART));
  expect(values).toMatchObject({
    replicas: 2,
    ...ON_SYSTEM_POOL,
    podDisruptionBudget: { minAvailable: 1 },
    topologySpreadConstraints: spreadBy({ "app.kubernetes.io/name": "grafana" }),
    serviceMonitor: { enabled: true },
    ingress: {
      enabled: true,
      ingressClassName: "alb",
      hosts: ["grafana.example.com"],
      annotations: {
        "alb.ingress.kubernetes.io/scheme": "internet-facing",
        "alb.ingress.kubernetes.io/inbound-cidrs": "203.0.113.0/24",
        "alb.ingress.kubernetes.io/certificate-arn": INGRESS.certificateArn,
        "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS":443}]',
        "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      },
    },
    "grafana.ini": {
      server: { root_url: "https://grafana.example.com/" },
      security: {
        cookie_secure: true,
        strict_transport_security: true,
        strict_transport_security_max_age_seconds: "31536000",
      },
      "auth.generic_oauth": {
        ...{ enabled: true, name: "Example", auto_login: true, use_pkce: true, use_refresh_token: true },
        ...{ client_id: "grafana", scopes: "openid offline_access", allowed_domains: "example.com" },
        signout_redirect_url: "https://login.example.com/logout",
        role_attribute_path: "(groups[?@ == 'platform'] && 'Admin') || 'Viewer'",
        role_attribute_strict: true,
      },
      database: {
        ...{ type: "postgres", host: "db.example.com:5433", name: "grafana" },
        ...{ ssl_mode: "verify-full", ca_cert_path: "/etc/grafana/database/ca.pem" },
      },
    },
    envValueFrom: {
      GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET: {
        secretKeyRef: { name: "grafana-credentials", key: "oauth-client-secret" },
      },
      GF_DATABASE_USER: { secretKeyRef: { name: "grafana-database", key: "username" } },
      GF_DATABASE_PASSWORD: { secretKeyRef: { name: "grafana-database", key: "password" } },
    },
  });
  expect(out.resource("kubernetes_config_map_v1")).toMatchObject({
    metadata: { name: "grafana-database-authorities", namespace: "monitoring" },
    data: { "ca.pem": AUTHORITY },
  });
  expect(objectsOf(out.resource("helm_release", SECRETS))).toMatchObject([
    { spec: { secretStoreRef: { name: "vault" } } },
    { metadata: { name: "grafana-database" }, spec: { dataFrom: [{ extract: { key: "rds!db-1234" } }] } },
  ]);
  const file = (values["datasources"] as Record<string, { datasources: Record<string, unknown>[] }>)[
    "datasources.yaml"
  ];
  expect(file?.datasources).toMatchObject([
    {
      uid: "prometheus",
      jsonData: {
        timeInterval: "15s",
        exemplarTraceIdDestinations: [{ name: "trace_id", datasourceUid: "tempo" }],
      },
    },
    { uid: "alertmanager", jsonData: { implementation: "prometheus" } },
    { uid: "loki", jsonData: { derivedFields: [{ datasourceUid: "tempo", url: "$${__value.raw}" }] } },
    { uid: "tempo", jsonData: { tracesToLogsV2: { datasourceUid: "loki" } } },
  ]);
});

describe("Who may do what", () => {
  test.each([
    [{}, "'Viewer'"],
    [{ viewerGroups: ["all"] }, "(groups[?@ == 'all'] && 'Viewer')"],
    [
      { groupsClaim: "cognito:groups", adminGroups: ["a", "b"], editorGroups: ["c"] },
      "(\"cognito:groups\"[?@ == 'a' || @ == 'b'] && 'Admin') || (\"cognito:groups\"[?@ == 'c'] && 'Editor') || 'Viewer'",
    ],
    [
      { groupsClaim: "realm_access.roles", adminGroups: ["a"], viewerGroups: ["b"] },
      "(realm_access.roles[?@ == 'a'] && 'Admin') || (realm_access.roles[?@ == 'b'] && 'Viewer')",
    ],
    [{ expression: "email == 'root@example.com' && 'Admin'" }, "email == 'root@example.com' && 'Admin'"],
  ])("by %j", (roles, expression) => {
    const oauth = iniWith({ signIn: { ...SIGN_IN, roles } })["auth.generic_oauth"];
    expect(oauth).toMatchObject({ role_attribute_path: expression, use_refresh_token: false, name: "single sign-on" });
  });
});

test("A database without its authorities is reached over TLS, and alone makes two replicas", () => {
  expect(iniWith({ database: DATABASE })["database"]).toMatchObject({
    ssl_mode: "require",
    host: "db.example.com:5432",
  });
  expect(valuesWith({ database: DATABASE })["replicas"]).toBe(2);
  expect(valuesWith({ database: DATABASE, highAvailability: false })["replicas"]).toBe(1);
});

test("What needs Grafana waits for the chart, which waits for its secret and the role of its sidecar", () => {
  const stack = kubernetesStack();
  const grafana = define(stack, importedCluster(stack));
  const [chart] = addressesOf(stack, grafana.ready);
  expect(chart).toMatch(/^helm_release\.Grafana_Chart_/);
  expect(grafana.grafanaUrl).toBeUndefined();
  expect(Grafana.podSecurity).toBe("restricted");
  expect(Grafana.podPort).toBe(3000);
  const out = synthesizeKubernetes((other) => define(other, importedCluster(other)));
  expect(out.resource("helm_release", CHART)["depends_on"]).toEqual([
    ...Object.values(out.addresses("kubernetes_role_v1")),
    out.addresses("helm_release")[SECRETS],
  ]);
});

test("Grafana reports all problems of its props at once", () => {
  const stack = kubernetesStack();
  const cluster = importedCluster(stack);
  const options: Options = {
    pool: addGpuPool(cluster, "l4"),
    secret: "atlas/prod/observability/grafana",
    secretStore: "Not A Store",
    dataSources: { prometheusUrl: "kps-prometheus:9090", scrapeIntervalSeconds: 4 },
    signIn: {
      clientId: "two\nlines",
      authorizeUrl: "http://login.example.com",
      tokenUrl: "https://login.example.com/token",
      userInfoUrl: "https://login.example.com/${user}",
      scopes: [],
      allowedDomains: ["EXAMPLE"],
      roles: { adminGroups: ["it's"], viewerGroups: [], expression: "`x`", groupsClaim: "a b" },
    },
    ingress: { host: "grafana", certificateArn: "arn:aws:iam::1:x", scheme: "internet-facing" },
    highAvailability: true,
  };
  expect(failure(() => define(stack, cluster, options))).toEqual({
    code: "INVALID_GRAFANA_PROPS",
    message: [
      '`pool` must be a pool without accelerators, which would be kept busy by what needs none, got "l4 (gpu)"',
      '`secret` must be the name of a secret of AWS Secrets Manager under atlas/dev/, got "atlas/prod/observability/grafana"',
      '`secretStore` must be the name of a store: lower-case letters, digits, hyphens and dots, got "Not A Store"',
      '`dataSources.prometheusUrl` must be an address within the cluster, such as http://kps-prometheus.monitoring.svc:9090, got "kps-prometheus:9090"',
      "`dataSources.scrapeIntervalSeconds` must be a whole number of seconds from 5 to 300, got 4",
      '`signIn.clientId` must be one line without # ; ` $ % { } and \\, got "two\\nlines"',
      '`signIn.authorizeUrl` must be an address that starts with https://, without spaces and any of " # $ % ; ` { } \\, got "http://login.example.com"',
      '`signIn.userInfoUrl` must be an address that starts with https://, without spaces and any of " # $ % ; ` { } \\, got "https://login.example.com/${user}"',
      "`signIn.scopes` must name at least one scope, got []",
      '`signIn.allowedDomains[0]` must be a host name in lower case, such as grafana.example.com, got "EXAMPLE"',
      '`signIn.roles.groupsClaim` must be the name of a claim, nested ones joined by dots, got "a b"',
      '`signIn.roles.adminGroups[0]` must be one line without quotes, # ; ` $ % { } and \\, got "it\'s"',
      '`signIn.roles.adminGroups` must be left out with `expression`, which takes their place, got ["it\'s"]',
      "`signIn.roles.viewerGroups` must name at least one group; leave it out otherwise, got []",
      "`signIn.roles.viewerGroups` must be left out with `expression`, which takes their place, got []",
      '`signIn.roles.expression` must be one line without # ; ` $ % { } and \\, got "`x`"',
      '`ingress.host` must be a host name in lower case, such as grafana.example.com, got "grafana"',
      '`ingress.certificateArn` must be the ARN of a certificate of AWS Certificate Manager, got "arn:aws:iam::1:x"',
      "`ingress.allowedCidrs` must be given when the load balancer is internet-facing: who may connect, got nothing",
      "`highAvailability` must be false without `database`, which two replicas share: it holds who is signed in, got true",
      "  in test/Grafana",
    ].join("\n"),
  });
});

test("Grafana reports what is wrong with a database and with ranges", () => {
  const stack = kubernetesStack();
  const options: Options = {
    dataSources: { ...MINIMAL.dataSources, scrapeIntervalSeconds: 300 },
    database: { host: "DB", port: 0, name: "1st", secret: "a b", certificateAuthorities: "none" },
    ingress: { ...INGRESS, allowedCidrs: ["10.0.0.1/8"] },
  };
  expect(failure(() => define(stack, importedCluster(stack), options)).message.split("\n")).toEqual([
    '`ingress.allowedCidrs[0]` must start at the first address of its range (10.0.0.0/8), got "10.0.0.1/8"',
    '`database.host` must be a host name in lower case, got "DB"',
    "`database.port` must be a TCP port, 1 to 65535, got 0",
    '`database.name` must be 1 to 63 lower-case letters, digits and underscores, not starting with a digit, got "1st"',
    '`database.secret` must be the name or the ARN of a secret of AWS Secrets Manager, got "a b"',
    '`database.certificateAuthorities` must be certificates in PEM, got "text of 4 characters"',
    "  in test/Grafana",
  ]);
});
