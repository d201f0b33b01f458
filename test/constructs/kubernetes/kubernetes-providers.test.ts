import { Token } from "cdktf";
import {
  type ClusterAccess,
  defineKubernetesProviders,
  HELM_PROVIDER_WINDOW,
  KUBERNETES_PROVIDER_WINDOW,
  type KubernetesProvidersOptions,
} from "../../../constructs/kubernetes/kubernetes-providers";
import { failure } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";

const CLUSTER: ClusterAccess = {
  clusterName: "atlas-dev",
  endpoint: "https://api.example.com",
  certificateAuthorityData: "Y2VydA==",
};
const REGION = "eu-central-1";
const ROLE_ARN = "arn:aws:iam::111111111111:role/deployer";
const ARGS = ["eks", "get-token", "--cluster-name", "atlas-dev", "--region", REGION, "--output", "json"];

const providers = (options: Partial<KubernetesProvidersOptions> = {}) =>
  synthesize((stack) => {
    defineKubernetesProviders(stack, CLUSTER, { region: REGION, ...options });
  }).json["provider"] as Readonly<Record<string, readonly unknown[]>>;
const refused = (cluster: Partial<ClusterAccess>, options: Partial<KubernetesProvidersOptions> = {}) =>
  failure(() => defineKubernetesProviders(testStack(), { ...CLUSTER, ...cluster }, { region: REGION, ...options }));

test("both providers ask for a token when they need one, and hold none", () => {
  const exec = { api_version: "client.authentication.k8s.io/v1beta1", command: "aws", args: ARGS };
  const access = { host: CLUSTER.endpoint, cluster_ca_certificate: '${base64decode("Y2VydA==")}' };
  const { kubernetes, helm } = providers();
  expect(kubernetes).toEqual([{ ...access, exec: [exec] }]);
  expect(helm).toEqual([{ kubernetes: { ...access, exec } }]);
});

test("a role and environment variables go to the command, spelled as they are", () => {
  const { kubernetes, helm } = providers({
    roleArn: ROLE_ARN,
    environment: { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" },
  });
  const exec = { args: [...ARGS, "--role-arn", ROLE_ARN], env: { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" } };
  expect(kubernetes).toMatchObject([{ exec: [exec] }]);
  expect(helm).toMatchObject([{ kubernetes: { exec } }]);
});

test("a cluster of another stack is taken as it comes", () => {
  const reference = Token.asString({ resolve: () => "${data.x.y.z}", creationStack: [] });
  expect(() =>
    synthesize((stack) => {
      const cluster = { clusterName: reference, endpoint: reference, certificateAuthorityData: reference };
      defineKubernetesProviders(stack, cluster, { region: REGION, roleArn: reference });
    }),
  ).not.toThrow();
});

test("what cannot be right is refused at once", () => {
  expect(
    refused({ endpoint: "http://x" }, { region: "europe", roleArn: "deployer", environment: { "A-B": "c" } }),
  ).toEqual({
    code: "INVALID_KUBERNETES_PROVIDERS_OPTIONS",
    message: [
      '`endpoint` must start with https://, got "http://x"',
      '`region` must be an AWS region, such as eu-central-1, got "europe"',
      '`roleArn` must be an ARN arn:<partition>:iam::<account>:role/<name>, got "deployer"',
      '`environment["A-B"]` must be a name of an environment variable: letters, digits and underscores, got "A-B"',
      "  in test",
    ].join("\n"),
  });
});

test("the windows of versions start with those that were tested", () => {
  expect([KUBERNETES_PROVIDER_WINDOW, HELM_PROVIDER_WINDOW]).toEqual([">= 2.38.0, < 3.0.0", ">= 3.1.1, < 4.0.0"]);
});
