import { changeRule } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { renameOf } from "./private/renames";

const role = (address: string, change: object): Readonly<Record<string, unknown>> => ({
  address: `aws_iam_role.${address}`,
  type: "aws_iam_role",
  change: { before: null, after: null, ...change },
});

/** Which pairs are likely renames is a guess from equal arguments; an approval of the old address settles it. */
export const planMovesRenamed = changeRule({
  id: "FD-PLAN-003",
  slug: "plan-moves-renamed",
  title: "What has a new address is moved there, not deleted and made again",
  severity: "high",
  packs: ["baseline"],
  why: "Terraform knows things by their address: after a construct is renamed or put below another it deletes the old thing and makes an equal one, with an outage between and without its content.",
  fix: "Tell Terraform of the move with a `moved` block or, in CDKTF, `moveFromId` on the construct at its new place.",
  waivable: false,
  judge: (change, { graph }) => {
    if (!change.destroys || change.replaces) return notApplicable();
    const created = renameOf(change, graph);
    if (!created) return pass();
    const { address: from } = change;
    const { address: to } = created;
    const block = `moved { from = ${from}, to = ${to} }`;
    const call = `moveFromId(${JSON.stringify(from)})`;
    return fail(
      `would be deleted while an equal \`${change.type}\` is made as \`${to}\`, which looks like a rename: \`${block}\`, or \`${call}\` there, keeps it`,
      { key: to },
    );
  },
  examples: {
    failing: {
      changes: [
        role("Old", { actions: ["delete"], before: { name: "atlas-prod-reader", path: "/" } }),
        role("New", { actions: ["create"], after: { name: "atlas-prod-reader", path: "/" } }),
      ],
    },
    passing: {
      changes: [
        role("Old", { actions: ["delete"], before: { name: "atlas-prod-reader", path: "/" } }),
        role("New", { actions: ["create"], after: { name: "atlas-prod-writer", path: "/" } }),
      ],
    },
  },
});
