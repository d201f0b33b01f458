import type { Case } from "./checkov-cases";
import type { Compared, Difference } from "./checkov-comparison";

/** A row of the decision record: why a check and our rules differ. */
export interface Explanation {
  readonly check: string;
  readonly difference: Difference;
  /** Rules that report it instead; none when nothing does. */
  readonly instead: readonly string[];
  readonly why: string;
}

/** A row of the decision record: a check that is seen only to pass, only to fail, or never. */
export interface OneSided {
  readonly check: string;
  readonly seen: string;
  readonly why: string;
}

/** The disagreements that a decision record explains: rows of four cells, the first of which is a check. */
export function explanationsIn(record: string): readonly Explanation[] {
  return rowsOf(record, 4).map(([check = "", difference = "", instead = "", why = ""]) => ({
    check,
    difference: difference as Difference,
    instead: instead.match(/FD-[A-Z0-9]+-\d{3}/g) ?? [],
    why,
  }));
}

/** The checks of which a decision record says that they do not show both sides: rows of three cells. */
export function oneSidedIn(record: string): readonly OneSided[] {
  return rowsOf(record, 3).map(([check = "", seen = "", why = ""]) => ({ check, seen, why }));
}

function rowsOf(record: string, cells: number): readonly (readonly string[])[] {
  const rows = record.split("\n").filter((line) => /^\| (`?CKV|every)/.test(line));
  return rows
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim().replaceAll("`", "")),
    )
    .filter((row) => row.length === cells);
}

/** How each check does: verdicts, and how many of them are the same. */
export interface Tally {
  readonly check: string;
  readonly passes: number;
  readonly failures: number;
  readonly agree: number;
  /** Reported by another rule of ours. */
  readonly elsewhere: number;
  readonly differ: number;
}

/** Counts verdicts by check. */
export function tally(
  compared: readonly Compared[],
  isElsewhere: (one: Compared) => boolean,
): ReadonlyMap<string, Tally> {
  const groups = new Map<string, Compared[]>();
  for (const one of compared) groups.set(one.check, [...(groups.get(one.check) ?? []), one]);
  return new Map(
    [...groups].sort(byName).map(([check, all]) => {
      const failures = all.filter(({ theirs }) => theirs === "fail").length;
      const agree = all.filter(({ difference }) => difference === undefined).length;
      const elsewhere = all.filter(isElsewhere).length;
      const differ = all.length - agree - elsewhere;
      return [check, { check, passes: all.length - failures, failures, agree, elsewhere, differ }];
    }),
  );
}

/** The table that the proof prints. */
export function agreementTable(tallies: ReadonlyMap<string, Tally>, cases: readonly Case[]): string {
  const rows = [...tallies.values()];
  const sum = (pick: (row: Tally) => number): number => rows.reduce((total, row) => total + pick(row), 0);
  const of = (origin: Case["origin"]): number => cases.filter((one) => one.origin === origin).length;
  const cells = ({ check, passes, failures, agree, elsewhere, differ }: Tally): string =>
    [check.padEnd(14), ...[passes, failures, agree, elsewhere, differ].map((count) => String(count).padStart(9))].join(
      "",
    );
  const head = [
    "check".padEnd(14),
    ...["passes", "fails", "agree", "elsewhere", "differ"].map((name) => name.padStart(9)),
  ];
  const total = {
    check: "all",
    passes: sum(({ passes }) => passes),
    failures: sum(({ failures }) => failures),
    agree: sum(({ agree }) => agree),
    elsewhere: sum(({ elsewhere }) => elsewhere),
    differ: sum(({ differ }) => differ),
  };
  const about =
    `${rows.length} checks on ${of("environment")} environments, ${of("mutant")} mutants, ` +
    `${of("example")} examples and ${of("specimen")} specimens`;
  return [about, head.join(""), ...rows.map(cells), cells(total), ""].join("\n");
}

/** How many verdicts differ in which way, on one line. */
export function differencesLine(compared: readonly Compared[]): string {
  const counts = new Map<Difference, number>();
  for (const { difference } of compared) if (difference) counts.set(difference, (counts.get(difference) ?? 0) + 1);
  const checks = new Set(compared.map(({ check }) => check));
  const differing = new Set(
    compared.flatMap(({ check, difference }) => (difference && difference !== "unknown here" ? [check] : [])),
  );
  const parts = [...counts].sort().map(([difference, count]) => `${count} ${difference}`);
  return `${parts.join(", ")}; ${checks.size - differing.size} checks differ in nothing that is known\n`;
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one.localeCompare(other, "en", { numeric: true });
}
