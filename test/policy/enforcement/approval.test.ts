import { approvalProblems, readApprovals } from "../../../policy/enforcement/approval";
import type { Approval } from "../../../policy/enforcement/approval";
import type { ChangeAction } from "../../../policy/engine/subject";
import { change, decided, found, GRAPH, inShort, problemsOf, RULES, stack, TODAY } from "./enforcement-fixture";

const FILE = "config/policy/approvals.yaml";
const APPROVAL = {
  ...{ stack: "atlas-prod-data", address: "aws_db_instance.Tracking", action: "delete" },
  ...{ reason: "moved to the shared database", expires: "2026-10-31", approvedBy: "ana@example.com" },
};

const approvals = (...entries: readonly object[]): readonly Approval[] =>
  readApprovals(entries.map((entry) => `- ${JSON.stringify({ ...APPROVAL, ...entry })}`).join("\n"), FILE);

const guarded = found(RULES.plan, { address: APPROVAL.address, type: "aws_db_instance", subject: APPROVAL.address });

/** What a run comes to whose plan does this to the database. */
function planned(actions: readonly ChangeAction[], given: readonly Approval[], finding = guarded) {
  return decided([finding], { approvals: given, graph: { ...GRAPH, changes: [change(actions)] } });
}

describe("a file of approvals", () => {
  test("may be empty", () => {
    expect(readApprovals("", FILE)).toEqual([]);
  });

  test.each([
    ["action", "destroy", 'must be one of create, update, delete, replace, forget, got "destroy"'],
    ["reason", "because", 'must say why, in at least 10 characters, got "because"'],
    ["expires", "2026-02-30", 'must be a day of the calendar, as in 2026-12-31, got "2026-02-30"'],
    ["approvedBy", "", 'must not be empty, got ""'],
    ["address", undefined, "is required"],
    ["stack", 5, "must be text, got 5"],
  ])("refuses %s %j", (key, value, message) => {
    expect(problemsOf(() => approvals({ [key]: value }))).toEqual([`${FILE}:1: [0].${key} ${message}`]);
  });

  test("refuses patterns, an end too far away, and the same change twice", () => {
    const given = approvals(
      { address: "aws_db_instance.*" },
      { stack: "atlas-*" },
      { expires: "2027-09-29" },
      { address: 'aws_route53_record.Names["*.example.com"]', expires: "2027-09-28" },
      { action: "replace" },
      { expires: "2026-11-30" },
    );

    const problems = approvalProblems(given, { today: TODAY, maxWaiverDays: 365 });

    expect(problems.map(({ where, message }) => `${where}: ${message}`)).toEqual([
      `${FILE}:1: \`address\` must be one address and no pattern, got "aws_db_instance.*"`,
      `${FILE}:2: \`stack\` must be one stack and no pattern, got "atlas-*"`,
      `${FILE}:3: \`expires\` must be at most 365 days away, on 2027-09-28, got 2027-09-29`,
      `${FILE}:6: the same change is approved at ${FILE}:3`,
    ]);
  });
});

describe("an approval", () => {
  test("lets the planned change pass, and says who agreed", () => {
    const report = planned(["delete"], approvals({}));

    expect(report).toMatchObject({ failed: "no", notices: [] });
    expect(report.findings[0]).toMatchObject({
      status: "overridden",
      waiver: { reason: APPROVAL.reason, expires: "2026-10-31", where: `${FILE}:1` },
      note: "approved by ana@example.com",
    });
  });

  test.each([[["delete", "create"]], [["create", "delete"]], [["create", "forget"]]] as [ChangeAction[]][])(
    "of a replacement is for %j",
    (actions) => {
      expect(planned(actions, approvals({ action: "replace" }))).toMatchObject({ failed: "no" });
    },
  );

  test("is for its action only", () => {
    const report = planned(["delete", "create"], approvals({}));

    expect(inShort(report.findings)).toEqual([
      `FD-PLAN-001 hard open (the approval at ${FILE}:1 is for delete, and the plan is to replace)`,
    ]);
    expect(report.failed).toBe("hard");
  });

  test.each([
    ["address", { address: "aws_db_instance.Tracking2" }],
    ["stack", { stack: "atlas-prod-cluster" }],
  ])("is for its %s only", (_, about) => {
    expect(inShort(planned(["delete"], approvals(about)).findings)).toEqual(["FD-PLAN-001 hard open"]);
  });

  test("is for guards only: what is wrong with a resource cannot be approved", () => {
    const wrong = found(RULES.high, { address: APPROVAL.address });

    expect(inShort(planned(["delete"], approvals({}), wrong).findings)).toEqual(["FD-S3-001 hard open"]);
  });

  test("that has expired is no approval, and the finding says so", () => {
    const report = planned(["delete"], approvals({ expires: "2026-09-27" }));

    expect(inShort(report.findings)).toEqual([
      "FD-PLAN-001 hard open (an approval expired on 2026-09-27: moved to the shared database)",
    ]);
    expect(report.notices).toEqual([]);
  });

  test("of both is needed where an old one is left of a replacement that broke off", () => {
    const graph = { ...GRAPH, changes: [change(["create", "delete"]), change(["delete"], { deposed: "0a1b2c3d" })] };
    const [toDelete, toReplace] = approvals({}, { action: "replace", expires: "2026-10-30" }) as [Approval, Approval];
    const status = (...given: readonly Approval[]): readonly string[] =>
      inShort(decided([guarded], { approvals: given, graph }).findings);

    expect(status(toDelete)).toEqual([
      `FD-PLAN-001 hard open (the approval at ${FILE}:1 is for delete, and the plan is to replace)`,
    ]);
    expect(status(toDelete, toReplace)).toEqual(["FD-PLAN-001 hard overridden (approved by ana@example.com)"]);
  });

  test("of the deletion is enough for an old one beside one that stays", () => {
    const graph = { ...GRAPH, changes: [change(["no-op"]), change(["delete"], { deposed: "0a1b2c3d" })] };

    expect(decided([guarded], { approvals: approvals({}), graph })).toMatchObject({ failed: "no", notices: [] });
  });

  test("that ends soon is spoken of", () => {
    expect(planned(["delete"], approvals({ expires: "2026-10-01" })).notices).toEqual([
      {
        level: "info",
        message:
          "the approval to delete aws_db_instance.Tracking expires in 3 days, on 2026-10-01: moved to the shared database",
        where: `${FILE}:1`,
      },
    ]);
  });

  test("that is for nothing is to be removed, once its stack was planned", () => {
    const other = approvals(
      { address: "aws_s3_bucket.Old" },
      { address: "aws_s3_bucket.Older", expires: "2026-09-01" },
    );
    const notices = [
      "the approval to delete aws_s3_bucket.Old is for nothing: remove it",
      "the approval to delete aws_s3_bucket.Older expired on 2026-09-01 and is for nothing: remove it",
    ].map((message, index) => ({ level: "warning", message, where: `${FILE}:${index + 1}` }));

    expect(planned(["no-op"], other, found(RULES.low)).notices).toEqual(notices);
    expect(decided([], { approvals: other }).notices).toEqual([]);
    expect(decided([], { approvals: other, graph: { ...GRAPH, stacks: [stack("atlas-prod-data")] } }).notices).toEqual(
      [],
    );
  });
});
