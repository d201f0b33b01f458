import { environment, synthesizedStack } from "../../support/platform";

const out = synthesizedStack(environment("atlas/dev"), "cluster");
const statementsOf = (role: string) =>
  (out.policy("aws_iam_role_policy", `PodRole-${role}/Policy`) as { Statement: { Action: string | string[] }[] })
    .Statement;

test("a role with a database logs in as the user of its name, and as no other", () => {
  const connect = statementsOf("tracking").filter(({ Action }) => Action.includes("rds-db:connect"));
  expect(connect).toEqual([
    expect.objectContaining({
      Resource: expect.stringMatching(/:dbuser:\$\{data\.terraform_remote_state.*\}\/tracking$/),
    }),
  ]);
  expect(JSON.stringify(statementsOf("features"))).not.toContain("rds-db");
});

test("a role with the cache reads its password", () => {
  expect(statementsOf("features").some(({ Action }) => Action.includes("secretsmanager:GetSecretValue"))).toBe(true);
  expect(JSON.stringify(statementsOf("tracking"))).not.toContain("secretsmanager");
});

test("pods reach PostgreSQL and Redis, each on its own port", () => {
  const ports = Object.values(out.resources("aws_vpc_security_group_ingress_rule")).map((rule) => rule["from_port"]);
  expect(ports).toEqual(expect.arrayContaining([5432, 6379]));
});
