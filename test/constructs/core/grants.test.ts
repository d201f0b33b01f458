import { Grant } from "../../../constructs/core/grants";
import { RecordingGrantee } from "../../support/fixtures";

describe("Grant", () => {
  test("adds the statement to the policy of the grantee", () => {
    const grantee = new RecordingGrantee();

    const grant = Grant.addToPrincipal({ grantee, actions: ["s3:GetObject"], resources: ["arn:a"], sid: "Read" });

    const statement = { actions: ["s3:GetObject"], resources: ["arn:a"], sid: "Read" };
    expect(grantee.statements).toEqual([statement]);
    expect(grant.statements).toEqual([statement]);
  });

  test("combines with another into one that has the statements of both", () => {
    const grantee = new RecordingGrantee();
    const one = Grant.addToPrincipal({ grantee, actions: ["a:A"], resources: ["r"] });
    const other = Grant.addToPrincipal({ grantee, actions: ["b:B"], resources: ["r"] });

    expect(one.combine(other).statements.map(({ actions }) => actions)).toEqual([["a:A"], ["b:B"]]);
    expect(one.statements).toHaveLength(1);
  });
});
