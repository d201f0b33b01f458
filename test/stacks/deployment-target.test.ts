import { deploymentTarget, SERVICES_IN_USE } from "../../stacks/deployment-target";
import { failure } from "../support/fixtures";
import { allEnvironments, synthesizePlatforms } from "../support/platform";

test.each([undefined, ""])("without an address (%j) the target is AWS", (endpoint) => {
  expect(deploymentTarget(endpoint)).toEqual({ kind: "aws" });
});

test.each(["http://127.0.0.1:4566", "http://localhost:80", "http://[::1]:65535"])("%s is a sandbox", (endpoint) => {
  expect(deploymentTarget(endpoint)).toEqual({ kind: "sandbox", endpoint });
});

test.each(["http://10.0.0.1:4566", "https://127.0.0.1:4566", "http://127.0.0.1", "http://127.0.0.1:4566/", "yes"])(
  "%s is refused, since it is no address of this machine",
  (endpoint) => {
    expect(failure(() => deploymentTarget(endpoint))).toEqual({
      code: "INVALID_SANDBOX_ENDPOINT",
      message: `\`FLIGHTDECK_SANDBOX_ENDPOINT\` must be an address of this machine, as in http://127.0.0.1:4566, without a path, got "${endpoint}"`,
    });
  },
);

test("every service that a resource calls has its endpoint in the sandbox", () => {
  const { texts } = synthesizePlatforms(allEnvironments());
  const types = Object.values(texts).flatMap((text) =>
    Object.keys((JSON.parse(text) as { resource: object }).resource),
  );
  const ofAws = types.filter((type) => type.startsWith("aws_"));
  const called = new Set([...ofAws.map(serviceOf), "sts"]);
  expect([...called].sort()).toEqual([...SERVICES_IN_USE]);
});

/** The service whose API the provider calls for a resource type, by the provider's endpoint name. */
function serviceOf(type: string): string {
  const [, own] =
    /^aws_(budgets|cloudformation|ecr|eks|elasticache|iam|kms|s3|scheduler|secretsmanager|sqs)_/.exec(type) ?? [];
  if (own) return own;
  if (type.startsWith("aws_cloudwatch_log_")) return "logs";
  if (type.startsWith("aws_cloudwatch_event_")) return "events";
  if (type.startsWith("aws_db_")) return "rds";
  const ec2 =
    /^aws_(vpc|subnet|route|route_table.*|eip|nat_gateway|internet_gateway|launch_template|placement_group|flow_log|ec2_.*|vpc_.*|(default_)?security_group.*)$/;
  return ec2.test(type) ? "ec2" : `unknown service of ${type}`;
}
