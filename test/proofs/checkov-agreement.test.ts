import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findCheckov, listChecks, scan } from "../../bench/checkov/scan";
import type { Checkov, CheckovVerdict, ScanOptions } from "../../bench/checkov/scan";
import { rules } from "../../policy/rules";
import { findExecutable } from "../../toolchain/find-executable";
import { agreementTable, differencesLine, explanationsIn, oneSidedIn, tally } from "../support/checkov-agreement";
import type { Tally } from "../support/checkov-agreement";
import { Cases } from "../support/checkov-cases";
import { Comparison, type Compared } from "../support/checkov-comparison";
import { POLICY_CHECKS } from "../support/checkov-policies";
import { ROOT } from "../support/platform";
import { temporaryFolder } from "../support/temporary-folder";

jest.setTimeout(900_000);

const RECORD = readFileSync(join(ROOT, "docs/decisions/0011-agreement-with-checkov.md"), "utf8");
const explanations = explanationsIn(RECORD);
const mapped = rules.filter(({ sameAs }) => (sameAs?.checkov ?? []).length > 0);
const checks = [...new Set(mapped.flatMap(({ sameAs }) => sameAs?.checkov ?? []))];

/** It takes a network policy of one case for one of all, so that it is asked about two cases on their own. */
const OF_THE_WHOLE = "CKV2_K8S_6";
const ON_THEIR_OWN = ["specimen-pod-behind-policy", "specimen-pod-without-policy"];

const python = findExecutable("python3", process.env) ?? findExecutable("python", process.env);
const about = "the rules that name a check of checkov";
(python === undefined ? describe.skip : describe)(
  python === undefined ? `${about}: there is no Python here to run it` : about,
  () => {
    let checkov: Checkov;
    let cases: Cases;
    let comparison: Comparison;
    let asText: readonly CheckovVerdict[];
    let tallies: ReadonlyMap<string, Tally>;

    beforeAll(async () => {
      const folder = temporaryFolder();
      cases = new Cases(folder, mapped);
      const [found] = await Promise.all([findCheckov(process.env), cases.collect()]);
      checkov = found;
      const look = (part: string, framework: ScanOptions["framework"]) =>
        scan(checkov, join(folder, part), process.env, { checks, framework });
      const origins = ["environment", "mutant", "example", "specimen"].map((origin) => `terraform/${origin}`);
      const [written, policies, objects, ...others] = await Promise.all([
        inTurn(origins, (part) => look(part, "terraform_json")),
        look("policies", "terraform"),
        look("objects", "kubernetes"),
        inTurn(origins.slice(2), (part) => look(part, "secrets")),
        inTurn(ON_THEIR_OWN, async (id) =>
          (await look(`objects/${id}`, "kubernetes"))
            .filter(({ check }) => check === OF_THE_WHOLE)
            .map((verdict) => ({ ...verdict, file: `/${id}${verdict.file}` })),
        ),
      ]);
      comparison = new Comparison(cases.all, mapped);
      const readsText = ({ check }: CheckovVerdict): boolean => !POLICY_CHECKS.has(check);
      asText = written.filter((verdict) => !readsText(verdict));
      comparison.add([
        ...written.filter(readsText),
        ...policies.filter((verdict) => !readsText(verdict)),
        ...objects.filter(({ check }) => check !== OF_THE_WHOLE),
        ...others.flat(),
      ]);
      tallies = tally(comparison.compared, isElsewhere);
    });

    function isElsewhere(one: Compared): boolean {
      const explained = explanations.find(
        ({ check, difference }) => check === one.check && difference === one.difference,
      );
      return explained !== undefined && comparison.isReported(one, explained.instead, rules);
    }

    test("name checks that it has", async () => {
      const known = await listChecks(checkov, process.env);
      expect(checks.filter((check) => !known.has(check))).toEqual([]);
    });

    test("are compared on both sides, but for the checks that the decision record names", () => {
      const sides = checks.map((check) => [check, sideOf(tallies.get(check))]).filter(([, seen]) => seen !== "both");
      const named = oneSidedIn(RECORD).map(({ check, seen }) => [check, seen]);
      expect(sides.sort()).toEqual(named.sort());
    });

    test("agree with it, but for the disagreements that the decision record explains", () => {
      process.stdout.write(`\ncheckov ${checkov.version}: ${agreementTable(tallies, cases.all)}`);
      process.stdout.write(differencesLine(comparison.compared));
      const differences = comparison.compared.flatMap(({ check, difference }) =>
        difference === undefined
          ? []
          : [difference === "unknown here" ? `every ${difference}` : `${check} ${difference}`],
      );
      const explained = explanations.map(({ check, difference }) => `${check} ${difference}`);
      expect([...new Set(differences)].sort()).toEqual(explained.sort());
    });

    test("are right where the decision record says that another rule reports it", () => {
      const claimed = explanations.filter(({ instead }) => instead.length > 0);
      const wrong = claimed.flatMap(({ check, difference }) =>
        comparison.compared
          .filter((one) => one.check === check && one.difference === difference && !isElsewhere(one))
          .map(({ where, subject }) => `${check} ${where.what}: ${subject.stack} ${subject.address}`),
      );
      expect(wrong).toEqual([]);
    });

    test("are compared wherever it gives a verdict", () => {
      expect(comparison.unplaced).toEqual([]);
    });

    test("see into policies as CDKTF writes them, which it does not", () => {
      expect(asText.filter(({ passed }) => !passed)).toEqual([]);
    });
  },
);

/** One after the other, so that two of them at most keep the processors busy. */
async function inTurn(
  parts: readonly string[],
  look: (part: string) => Promise<readonly CheckovVerdict[]>,
): Promise<readonly CheckovVerdict[]> {
  const all: CheckovVerdict[] = [];
  for (const part of parts) all.push(...(await look(part)));
  return all;
}

function sideOf(of: Tally | undefined): string {
  if (of === undefined) return "never";
  if (of.failures === 0) return "passes only";
  return of.passes === 0 ? "fails only" : "both";
}
