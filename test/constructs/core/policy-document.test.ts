import { policyDocument } from "../../../constructs/core/policy-document";

const statements = (...given: Parameters<typeof policyDocument>[0]) =>
  (JSON.parse(policyDocument(given)) as { Statement: unknown }).Statement;

describe("policyDocument", () => {
  test("renders a statement of a role's own policy", () => {
    expect(JSON.parse(policyDocument([{ actions: ["s3:GetObject"], resources: ["arn:a"] }]))).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:a" }],
    });
  });

  test("renders every part of a statement", () => {
    const conditions = { StringEquals: { "aws:SourceAccount": "111111111111" } };
    const statement = {
      sid: "One",
      effect: "Deny",
      actions: ["b:B", "a:A"],
      resources: ["r1", "r2"],
      conditions,
    } as const;

    expect(statements({ ...statement, principals: { AWS: ["x", "y"], Service: ["s"] } })).toEqual([
      {
        Sid: "One",
        Effect: "Deny",
        Principal: { AWS: ["x", "y"], Service: "s" },
        Action: ["a:A", "b:B"],
        Resource: ["r1", "r2"],
        Condition: conditions,
      },
    ]);
  });

  test("renders everybody as a plain star, and leaves out resources that a trust policy does not have", () => {
    expect(statements({ principals: "*", actions: ["sts:AssumeRole"], resources: [] })).toEqual([
      { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" },
    ]);
  });

  test("joins the actions of statements about the same resources", () => {
    const given = [
      { actions: ["s3:PutObject"], resources: ["r1", "r2"] },
      { actions: ["s3:GetObject", "s3:PutObject"], resources: ["r2", "r1"] },
    ];

    expect(statements(...given)).toEqual([
      { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: ["r1", "r2"] },
    ]);
  });

  test("joins the resources of statements with the same actions, in the order in which they were granted", () => {
    const on = (resource: string) => ({ actions: ["kms:Decrypt"], resources: [resource] });

    expect(statements(on("z"), on("a"), on("z"))).toEqual([
      { Effect: "Allow", Action: "kms:Decrypt", Resource: ["z", "a"] },
    ]);
  });

  test.each([
    ["effect", { effect: "Deny" }],
    ["sid", { sid: "Other" }],
    ["condition", { conditions: { Bool: { "aws:SecureTransport": "true" } } }],
    ["principal", { principals: { AWS: ["x"] } }],
  ] as const)("keeps statements apart that differ in %s", (_, difference) => {
    const statement = { actions: ["a:A"], resources: ["r"] };

    expect(statements(statement, { ...statement, ...difference })).toHaveLength(2);
  });

  test("does not mix actions and resources of different statements", () => {
    const given = [
      { actions: ["a:A"], resources: ["r1"] },
      { actions: ["b:B"], resources: ["r2"] },
      { actions: ["a:A", "b:B"], resources: ["r3"] },
    ];

    expect(statements(...given)).toHaveLength(3);
  });

  test("leaves the statements it is given as they are", () => {
    const statement = { actions: Object.freeze(["b:B", "a:A"]), resources: Object.freeze(["r"]) };
    policyDocument([statement, statement]);

    expect(statement.actions).toEqual(["b:B", "a:A"]);
  });
});
