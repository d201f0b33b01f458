import type { Example, TerraformJson } from "../../../policy/engine/rule";
import { stackAccountPinned } from "../../../policy/rules/cross-stack/stack-account-pinned";
import { stackNoCircularReads } from "../../../policy/rules/cross-stack/stack-no-circular-reads";
import { stackOutputExists } from "../../../policy/rules/cross-stack/stack-output-exists";
import { stackProvidersBounded } from "../../../policy/rules/cross-stack/stack-providers-bounded";
import { stackReadsOwnEnvironment } from "../../../policy/rules/cross-stack/stack-reads-own-environment";
import { stackStateLocked } from "../../../policy/rules/cross-stack/stack-state-locked";
import { stackStateOwnKey } from "../../../policy/rules/cross-stack/stack-state-own-key";
import { stackStateRemote } from "../../../policy/rules/cross-stack/stack-state-remote";
import { judgeExample } from "../../../policy/run/judge-example";
import { said } from "./private/said";

const BUCKET = { bucket: "state", region: "us-east-1" };
const stored = (key: string, content: TerraformJson = {}): TerraformJson => ({
  terraform: { backend: { s3: { ...BUCKET, key } } },
  ...content,
});
const reads = (...keys: readonly string[]): TerraformJson["data"] => ({
  terraform_remote_state: Object.fromEntries(
    keys.map((key) => [`state-${key}`, { backend: "s3", config: { ...BUCKET, key } }]),
  ),
});
const output = (key: string, name: string): string => `\${data.terraform_remote_state.state-${key}.outputs.${name}}`;

describe("outputs that another stack reads", () => {
  const network = stored("network", { output: { "vpc-id": { value: "vpc-1" } } });
  const reader = (content: TerraformJson): Example => ({
    stacks: { network, reader: stored("reader", { data: reads("network"), ...content }) },
  });
  const missing = (name: string): string => `fail: output \`${name}\` must exist in network: this stack reads it`;

  test("are found wherever they are used, once each", () => {
    const content: TerraformJson = {
      resource: { aws_subnet: { a: { vpc_id: output("network", "gone"), tags: { Vpc: output("network", "gone") } } } },
      provider: { helm: [{ kubernetes: { host: output("network", "host") } }] },
      output: { zone: { value: output("network", "zones[0]") } },
    };
    expect(said(stackOutputExists, reader(content))).toEqual(["gone", "host", "zones"].map(missing));
  });

  test("are read by index and in functions too", () => {
    const inner = '${split(",", data.terraform_remote_state.state-network.outputs["lost"])}';
    expect(said(stackOutputExists, reader({ resource: { aws_subnet: { a: { ids: inner } } } }))).toEqual([
      missing("lost"),
    ]);
    expect(
      said(stackOutputExists, reader({ resource: { aws_subnet: { a: { vpc: output("network", "vpc-id") } } } })),
    ).toEqual([]);
  });

  test("are no question of a state that is not among what is judged", () => {
    const content = { data: reads("elsewhere"), resource: { aws_subnet: { a: { vpc: output("elsewhere", "vpc") } } } };
    expect(said(stackOutputExists, reader(content))).toEqual([]);
  });
});

describe("states of another environment", () => {
  const environment = { project: "atlas", others: [{ project: "atlas", stage: "dev", account: "222222222222" }] };
  const read = (config: object): readonly string[] =>
    said(stackReadsOwnEnvironment, {
      terraform: { data: { terraform_remote_state: { other: { backend: "s3", config: { ...BUCKET, ...config } } } } },
      environment,
    });

  test("are told by the account in the bucket's name", () => {
    expect(read({ bucket: "state-222222222222", key: "network" })).toEqual([
      'fail: `config.bucket` must name a state of this environment, got "state-222222222222", which is of atlas/dev',
    ]);
  });

  test("are told by project and stage in the key", () => {
    expect(read({ key: "atlas/dev/network.tfstate" })).toHaveLength(1);
    expect(read({ key: "atlas/develop/network.tfstate" })).toEqual([]);
  });
});

test("a state's place is compared by bucket and key", () => {
  const at = (backend: object): TerraformJson => ({ terraform: { backend: { s3: backend } } });
  const same = { stacks: { a: at({ bucket: "one", key: "k" }), b: at({ bucket: "two", key: "k" }) } };
  expect(said(stackStateOwnKey, same)).toEqual([]);
  expect(said(stackStateOwnKey, { stacks: { a: stored("k"), b: stored("k") } })).toEqual([
    'fail: `key` must be the stack\'s own, got "k", which a has too',
  ]);
});

test("a table locks as a file does, and other backends lock by themselves", () => {
  const s3 = { terraform: { backend: { s3: { ...BUCKET, key: "k", dynamodb_table: "locks" } } } };
  expect(said(stackStateLocked, { terraform: s3 })).toEqual([]);
  expect(said(stackStateLocked, { terraform: { terraform: { backend: { gcs: { bucket: "b" } } } } })).toEqual([]);
});

test("a local state is allowed in development", () => {
  const terraform = { terraform: { backend: { local: { path: "terraform.tfstate" } } } };
  expect(said(stackStateRemote, { terraform, stage: "dev" })).toEqual([]);
  expect(said(stackStateRemote, { terraform, stage: "staging" })).toEqual([
    'fail: the backend must be remote, got "local" at "terraform.tfstate"',
  ]);
});

describe("versions of providers", () => {
  const required = (providers: object): readonly string[] =>
    said(stackProvidersBounded, { terraform: { terraform: { required_providers: providers } } });

  test.each(["~> 5.100", "5.100.0", "= 5.100.0", ">= 5.1, < 6", "<= 5.99"])("may be %s", (version) => {
    expect(required({ aws: { source: "hashicorp/aws", version } })).toEqual([]);
    expect(required({ aws: version })).toEqual([]);
  });

  test("are each looked at", () => {
    expect(required({ aws: { version: ">= 5" }, helm: { source: "hashicorp/helm" }, random: "~> 3.0" })).toEqual([
      'fail: `aws.version` must say below which version, got ">= 5"',
      "fail: `helm.version` must say below which version, got nothing",
    ]);
  });
});

test("a circle of three stacks is one finding", () => {
  const stack = (of: string): TerraformJson => stored(of, { data: reads({ a: "b", b: "c", c: "a" }[of]!) });
  expect(said(stackNoCircularReads, { stacks: { a: stack("a"), b: stack("b"), c: stack("c") } })).toEqual([
    "fail: stacks must not read each other in a circle, got a, b, c",
  ]);
});

describe("the account of a provider", () => {
  const pinned = (...providers: readonly object[]): readonly string[] =>
    said(stackAccountPinned, { terraform: { provider: { aws: providers } } });

  test("must be the environment's", () => {
    expect(pinned({ allowed_account_ids: ["111111111111", "222222222222"] })).toEqual([
      'fail: `allowed_account_ids` must name account 111111111111, got ["111111111111","222222222222"]',
    ]);
  });

  test("may be any, as long as it is named, where the provider has an alias", () => {
    const main = { allowed_account_ids: ["111111111111"] };
    expect(pinned(main, { alias: "dns", allowed_account_ids: ["444444444444"] })).toEqual([]);
    expect(pinned(main, { alias: "dns" })).toEqual([
      "fail: `allowed_account_ids` must name the environment's account, got nothing",
    ]);
  });

  test("is not asked for where the environment's is not known", () => {
    const terraform = { provider: { aws: [{}, { alias: "dns" }, { allowed_account_ids: ["444444444444"] }] } };
    const { findings, counts } = judgeExample(stackAccountPinned, { terraform, environment: { account: undefined } });
    expect([findings, counts["not-applicable"]]).toEqual([[], 3]);
  });
});
