import fc from "fast-check";
import { secretsIn } from "../../../policy/rules/secrets/private/secret-patterns";
import { parameterOwnKey } from "../../../policy/rules/secrets/parameter-own-key";
import { secretNotLiteral } from "../../../policy/rules/secrets/secret-not-literal";
import { secretPatternsAbsent } from "../../../policy/rules/secrets/secret-patterns-absent";
import { judgeExample } from "../../../policy/run/judge-example";
import { answersOf } from "./answers-of";

/** Texts that have the form of secrets and open nothing. */
const FORMS: readonly (readonly [name: string, text: string])[] = [
  ["an AWS access key", `AKIA${"Q7".repeat(8)}`],
  ["a private key", `-----BEGIN RSA ${"PRIVATE KEY"}-----`],
  ["a private key", `-----BEGIN ${"PRIVATE KEY"}-----`],
  ["a GitHub token", `ghp_${"a1B2".repeat(9)}`],
  ["a GitLab token", `glpat-${"a1B2".repeat(5)}`],
  ["a Hugging Face token", `hf_${"a1B2".repeat(9)}`],
  ["an NVIDIA NGC key", `nvapi-${"a1B2".repeat(16)}`],
  ["an OpenAI or Anthropic key", `sk-ant-${"a1B2".repeat(10)}`],
  ["a Google API key", `AIza${"a1B2_".repeat(7)}`],
  ["a Slack token", `xoxb-${"1234".repeat(4)}`],
  ["a Slack webhook", `https://hooks.slack.com/services/T${"0".repeat(8)}/B${"0".repeat(8)}/${"a".repeat(24)}`],
  ["a URL with a password", "redis://:hunter2@cache:6379".replace("//:", "//default:")],
];

const tagged = (text: string) => ({ aws_sqs_queue: { jobs: { tags: { Note: text } } } });

test.each(FORMS)("%s is found within a text, and never written out", (name, text) => {
  expect(answersOf(secretPatternsAbsent, tagged(`use ${text} here`))).toEqual([
    `fail: \`tags.Note\` must hold no secret, got ${name}`,
  ]);
});

test.each([
  ["the key of AWS's documentation", "AKIAIOSFODNN7EXAMPLE"],
  ["a password that an expression fills in", "postgres://u:${random_password.db.result}@db"],
  ["a password that the shell fills in", "postgres://u:$(PASSWORD)@db"],
  ["a password that a template fills in", "postgres://u:{{ .password }}@db"],
  ["a placeholder", "postgres://u:<password>@db"],
  ["stars", "postgres://u:****@db"],
  ["a port", "https://host:8443/path@tag"],
  ["an image with a digest", `docker://registry:5000/image@sha256:${"0".repeat(64)}`],
  ["a public key", "-----BEGIN PUBLIC KEY-----"],
  ["an ARN", "arn:aws:iam::111111111111:role/AKIAsomething"],
])("%s is no secret", (_what, text) => {
  expect(answersOf(secretPatternsAbsent, tagged(text))).toEqual(["pass"]);
});

test("a secret is found however deep it lies", () => {
  const [[, text]] = FORMS as [readonly [string, string]];
  const definition = { rule: [{}, { action: [{ values: ["fine", text] }] }] };
  expect(answersOf(secretPatternsAbsent, { aws_lb_listener_rule: { a: definition } })).toEqual([
    "fail: `rule[1].action[0].values[1]` must hold no secret, got an AWS access key",
  ]);
});

test("a key in the configuration of a provider is found", () => {
  const [[, text]] = FORMS as [readonly [string, string]];
  const provider = { aws: [{ region: "us-east-1" }, { alias: "replica", access_key: text }] };
  const { findings } = judgeExample(secretPatternsAbsent, { terraform: { provider } });
  expect(findings.map(({ subject, message }) => [subject, message])).toEqual([
    ["provider.aws.replica", "`access_key` must hold no secret, got an AWS access key"],
  ]);
});

test("what other rules look at is left to them", () => {
  const [[, text]] = FORMS as [readonly [string, string]];
  const resources = {
    aws_launch_template: { nodes: { user_data: `export AWS_ACCESS_KEY_ID=${text}` } },
    aws_db_instance: { db: { password: text } },
    aws_secretsmanager_secret_version: { token: { secret_string: text } },
    helm_release: { chart: { values: [`token: ${text}`] } },
  };
  expect(answersOf(secretPatternsAbsent, resources)).toEqual(["pass"]);
});

test("user data may hold no other secret either", () => {
  const token = FORMS.find(([name]) => name === "a Hugging Face token")![1];
  expect(answersOf(secretPatternsAbsent, { aws_launch_template: { nodes: { user_data: token } } })).toEqual([
    "fail: `user_data` must hold no secret, got a Hugging Face token",
  ]);
});

test("looking takes time in proportion to the text", () => {
  const text = `${"://a".repeat(50_000)}${"sk-".repeat(50_000)}${"-----BEGIN ".repeat(20_000)}`;
  const start = performance.now();
  secretsIn(text);
  expect(performance.now() - start).toBeLessThan(500);
});

test("no text breaks the search", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(Array.isArray(secretsIn(text))).toBe(true);
    }),
  );
});

describe("arguments that are secrets", () => {
  test.each([
    ["aws_elasticache_replication_group", { auth_token: "sixteen-letters!" }, "auth_token"],
    [
      "aws_elasticache_user",
      { authentication_mode: { passwords: ["sixteen-letters!"] } },
      "authentication_mode.passwords[0]",
    ],
    ["aws_mq_broker", { user: [{ username: "a", password: "sixteen-letters!" }] }, "user[0].password"],
    ["aws_ssm_parameter", { type: "SecureString", value: "sixteen-letters!" }, "value"],
  ])("of %s are not written in the code", (type, values, path) => {
    expect(answersOf(secretNotLiteral, { [type]: { it: values } })).toEqual([
      `fail: \`${path}\` must not be a literal, got one of 16 characters`,
    ]);
  });

  test("may be absent, empty or come from an expression", () => {
    const version = (text?: unknown) => ({ aws_secretsmanager_secret_version: { it: { secret_string: text } } });
    expect(answersOf(secretNotLiteral, version())).toEqual(["not applicable"]);
    expect(answersOf(secretNotLiteral, version(""))).toEqual(["pass"]);
    expect(answersOf(secretNotLiteral, version("${var.token}"))).toEqual(["pass"]);
  });

  const filled = (text: unknown, ignored?: unknown) => ({
    aws_secretsmanager_secret_version: {
      it: { secret_string: text, ...(ignored !== undefined && { lifecycle: { ignore_changes: ignored } }) },
    },
  });

  test.each([[["secret_string"]], [["version_stages", "secret_string"]], ["all"], [["*"]]])(
    "may hold a placeholder where their changes are ignored: %j",
    (ignored) => {
      expect(answersOf(secretNotLiteral, filled("change-me", ignored))).toEqual(["not applicable"]);
    },
  );

  test("are ignored with the block that they are in", () => {
    const broker = (ignored: string) => ({
      aws_mq_broker: { it: { user: [{ password: "change-me" }], lifecycle: { ignore_changes: [ignored] } } },
    });
    expect(answersOf(secretNotLiteral, broker("user"))).toEqual(["not applicable"]);
    expect(answersOf(secretNotLiteral, broker("us"))).toEqual([
      "fail: `user[0].password` must not be a literal, got one of 9 characters",
    ]);
  });

  test("hold no token for all that, whose changes are ignored or not", () => {
    const [name, token] = FORMS.find(([form]) => form === "a GitHub token")!;
    expect(secretsIn(token)).toEqual([name]);
    const answer = ["fail: `secret_string` must not be a literal, got one of 40 characters"];
    expect(answersOf(secretNotLiteral, filled(token, ["secret_string"]))).toEqual(answer);
  });

  test.each([
    ["settings beside secrets", { host: "db.internal", port: 5432, username: "mlflow" }, "pass"],
    ["what leads to a secret", { password_arn: "arn:aws:secretsmanager:us-east-1:111111111111:secret:db" }, "pass"],
    ["names of secrets without any", { password: "", token: null }, "pass"],
    ["nothing", {}, "pass"],
    ["a password", { host: "db.internal", password: "hunter2" }, "fail"],
    ["an API key, further down", { clients: [{ apiKey: "0a1b2c" }] }, "fail"],
    ["secrets in a block", { credentials: { user: "a", value: "b" } }, "fail"],
    ["a token by its form", { note: `ghp_${"a1B2".repeat(9)}` }, "fail"],
    ["a list", ["hunter2"], "fail"],
    ["a text", "hunter2", "fail"],
  ])("that are JSON are looked into: %s", (_what, content, expected) => {
    const [answer = ""] = answersOf(secretNotLiteral, filled(JSON.stringify(content)));
    expect(answer.split(":")[0]).toBe(expected);
  });

  test("a parameter that is no secret may be anything", () => {
    const parameter = { aws_ssm_parameter: { it: { type: "String", value: "t4g.small" } } };
    expect(answersOf(secretNotLiteral, parameter)).toEqual(["not applicable"]);
    expect(answersOf(parameterOwnKey, parameter)).toEqual(["not applicable"]);
  });
});
