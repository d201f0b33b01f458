import { readPolicy } from "../../engine/policy-document";
import type { PolicyDocument } from "../../engine/policy-document";
import { resourceRule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import type { Verdict } from "../../engine/verdict";
import { allOf, fail, pass, unknown } from "../../engine/verdict";

const endpoint = (policy: object) => ({
  terraform: {
    resource: {
      aws_vpc_endpoint: {
        s3: {
          vpc_id: "vpc-1",
          service_name: "com.amazonaws.us-east-1.s3",
          ...policy,
        },
      },
    },
  },
});
const statement = (more: object) => ({
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*", ...more }],
  }),
});

/** Without a policy an endpoint lets anybody do anything through it, which AWS writes as a policy that allows `*`. */
export const networkEndpointPolicy = resourceRule({
  id: "FD-NET-013",
  slug: "network-endpoint-policy",
  title: "Endpoints of services let own principals through only",
  severity: "low",
  packs: ["strict"],
  why: "Whoever gets into a pod can copy data to a bucket of their own, with credentials of their own, past every firewall.",
  fix: "Set `policy` with a condition on `aws:PrincipalAccount` or `aws:PrincipalOrgID`.",
  types: ["aws_vpc_endpoint"],
  judge: (resource, { graph }) => {
    const beside = graph.linked(resource, "aws_vpc_endpoint_policy", "vpc_endpoint_id").map((one) => one.at("policy"));
    const policies = [resource.at("policy"), ...beside].filter((value) => !value.absent);
    if (policies.length === 0)
      return fail("`policy` must be set: without one everyone may do anything through it", { attribute: "policy" });
    return allOf(policies.map((value) => judgePolicy(value, readPolicy(value, graph))));
  },
  examples: {
    failing: endpoint(statement({})),
    passing: endpoint(statement({ Condition: { StringEquals: { "aws:PrincipalAccount": "111111111111" } } })),
    unknown: endpoint({ policy: "${var.policy}" }),
  },
});

function judgePolicy(value: Value, document: PolicyDocument | undefined): Verdict {
  const about = { attribute: value.path };
  const open = document?.statements.some(
    ({ effect, principals, resources, conditions }) =>
      effect === "Allow" &&
      conditions.length === 0 &&
      resources.includes("*") &&
      principals.some(({ ids }) => ids.includes("*")),
  );
  if (open === true)
    return fail(`\`${value.path}\` must not let everyone act on everything without a condition`, about);
  if (document?.complete === true) return pass();
  return unknown(`\`${value.path}\` must have a condition, and is known only after apply: ${value.toString()}`, about);
}
