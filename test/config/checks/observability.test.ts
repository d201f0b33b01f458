import { STAGE_DEFAULTS } from "../../../config/stages";
import { accepted, refusal, withChange } from "../environment-fixture";

const AT = "dev.yaml:17 observability";
const withLayer = (layer: string, others = "") => withChange("", `observability: ${layer}\n${others}`);
const GRAFANA =
  "host: grafana.example.com, certificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/0f3c2a91-7d5e-4b6f-8a12-3c4d5e6f7a8b'";
const SIGN_IN =
  "signIn: {authorizeUrl: https://id.example.com/a, tokenUrl: https://id.example.com/t, userInfoUrl: https://id.example.com/u, clientId: grafana, adminGroup: ml}";

describe("the layer", () => {
  test("is left out with the controllers that it stands on", () => {
    expect(accepted(withChange("", "controllers: {enabled: false}\n")).observability.enabled).toBe(false);
  });

  test.each([
    [
      "the controllers",
      "controllers: {enabled: false}\n",
      `${AT}.enabled: must be false while controllers.enabled is false, which it stands on, got true`,
    ],
    [
      "External Secrets",
      "controllers: {externalSecrets: false}\n",
      `${AT}.enabled: must be false while controllers.externalSecrets is false, which brings its secrets, got true`,
    ],
  ])("needs %s", (_what, others, message) => {
    expect(refusal(withLayer("{enabled: true}", others))).toBe(message);
  });

  test("says nothing wrong where it is left out", () => {
    expect(refusal(withLayer("{enabled: false, grafana: {host: grafana.example.com}}"))).toBe("");
  });
});

describe("what is kept", () => {
  test("in the store of logs goes before the store deletes it", () => {
    const layer = "{logs: {retentionDays: 31}, tracing: {enabled: true, retentionDays: 40}}";
    expect(refusal(withLayer(layer)).split("\n")).toEqual([
      `${AT}.logs.retentionDays: must be at most data.stores.logs.expireAfterDays (30), after which S3 deletes them, got 31`,
      `${AT}.tracing.retentionDays: must be at most data.stores.logs.expireAfterDays (30), after which S3 deletes them, got 40`,
    ]);
    expect(refusal(withLayer("{logs: {retentionDays: 30}}"))).toBe("");
  });

  test("in CloudWatch is kept for one of its periods", () => {
    expect(refusal(withLayer("{logs: {backend: cloudwatch, retentionDays: 31}}"))).toMatch(
      /^dev.yaml:17 observability.logs.retentionDays: must be a retention period of CloudWatch, in days, got 31; allowed: 1, 3,/,
    );
    expect(refusal(withLayer("{logs: {backend: cloudwatch, retentionDays: 400}}"))).toBe("");
  });

  test.each([
    ["dev", 7, 1],
    ["staging", 15, 1],
    ["prod", 30, 2],
  ] as const)("as metrics in stage %s: %i days by %i server(s)", (stage, retentionDays, replicas) => {
    const { observability } = STAGE_DEFAULTS[stage].environment as { observability: Record<string, unknown> };
    expect(observability["metrics"]).toMatchObject({ retentionDays, replicas });
  });
});

test("samples are sent to a workspace of the environment's region", () => {
  const write = (region: string) =>
    `{metrics: {remoteWrite: {url: "https://aps-workspaces.${region}.amazonaws.com/workspaces/ws-1/api/v1/remote_write"}}}`;
  expect(refusal(withLayer(write("us-east-1")))).toBe("");
  expect(refusal(withLayer(write("eu-west-1")))).toMatch(
    /^dev.yaml:17 observability.metrics.remoteWrite.url: must be of a workspace in the region of the environment \(us-east-1\), got /,
  );
});

describe("a model service", () => {
  const withService = (engine: string, seconds: number) =>
    withLayer(
      `{services: {chat: {namespace: serving, engine: ${engine}, availabilityPercent: 99.5, latency: {seconds: ${seconds}, percent: 95}}}}`,
    );

  test("promises a latency that its engine's histogram can tell", () => {
    expect(refusal(withService("vllm", 2.5))).toBe("");
    expect(refusal(withService("fastapi", 0.8))).toMatch(
      /^dev.yaml:17 observability.services.chat.latency.seconds: must be an upper bound of a bucket of fastapi, got 0.8; allowed: /,
    );
  });
});

describe("Grafana", () => {
  test("answers under a host with a certificate, to those whom a provider knows", () => {
    expect(refusal(withLayer(`{grafana: {${GRAFANA}, ${SIGN_IN}}}`))).toBe("");
  });

  test.each([
    [
      "a host without a certificate",
      "{grafana: {host: grafana.example.com}}",
      "",
      `${AT}.grafana.certificateArn: must be given with host: Grafana answers over TLS alone`,
    ],
    [
      "a certificate without a host",
      `{grafana: {${GRAFANA.slice(GRAFANA.indexOf("certificateArn"))}}}`,
      "",
      `${AT}.grafana.certificateArn: must be left out without host, got "arn:aws:acm:us-east-1:111111111111:certificate/0f3c2a91-7d5e-4b6f-8a12-3c4d5e6f…`,
    ],
    [
      "a host that no controller makes a load balancer for",
      `{grafana: {${GRAFANA}}}`,
      "controllers: {loadBalancer: false}\n",
      `${AT}.grafana.host: must be left out while controllers.loadBalancer is false, which makes its load balancer, got "grafana.example.com"`,
    ],
    [
      "single sign-on without a host",
      `{grafana: {${SIGN_IN}}}`,
      "",
      `${AT}.grafana.signIn: must be left out without host, where people come back to`,
    ],
  ])("is refused with %s", (_what, layer, others, message) => {
    expect(refusal(withLayer(layer, others))).toBe(message);
  });
});
