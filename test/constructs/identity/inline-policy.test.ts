import { Construct } from "constructs";
import { InlinePolicy } from "../../../constructs/identity/inline-policy";
import { synthesize } from "../../support/synth";

const policyWith = (use: (policy: InlinePolicy) => void) =>
  synthesize((stack) => {
    use(new InlinePolicy({ scope: new Construct(stack, "Role"), roleName: "training" }));
  });
const on = (resource: string) => ({ actions: ["s3:GetObject"], resources: [resource] });

describe("InlinePolicy", () => {
  test("does not exist without a statement", () => {
    expect(policyWith(() => undefined).counts()).toEqual({});
  });

  test("is one policy of the role, with its statements merged", () => {
    const out = policyWith((policy) => {
      policy.addToPolicy(on("r2"));
      policy.addToPolicy({ actions: ["sqs:ReceiveMessage"], resources: ["q"] });
      policy.addToPolicy(on("r1"));
    });

    expect(out.resources("aws_iam_role_policy")).toEqual({
      "Role/Policy": { name: "permissions", role: "training", policy: expect.any(String) },
    });
    expect(out.policy("aws_iam_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "s3:GetObject", Resource: ["r2", "r1"] },
        { Effect: "Allow", Action: "sqs:ReceiveMessage", Resource: "q" },
      ],
    });
  });

  test("takes 10240 characters, and refuses more at synthesis", () => {
    const empty = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":""}]}'
      .length;
    const room = 10240 - empty;

    expect(policyWith((policy) => policy.addToPolicy(on("r".repeat(room)))).counts()).toEqual({
      aws_iam_role_policy: 1,
    });
    expect(() => policyWith((policy) => policy.addToPolicy(on("r".repeat(room + 1))))).toThrow(
      "The inline policy must have at most 10240 characters (IAM), got 10241: grant on fewer resources",
    );
  });
});
