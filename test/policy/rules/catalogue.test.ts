import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "../../../policy/engine/rule";
import { rules } from "../../../policy/rules";
import { catalogueLine, withNewRules } from "../../../tools/policy-rules-doc";
import type { Catalogue } from "../../../tools/policy-rules-doc";
import { cheap, versioned } from "../reports/report-fixture";

const catalogue = JSON.parse(readFileSync(join(__dirname, "catalogue.json"), "utf8")) as Catalogue;

/** A rule that is no more keeps its line, which says so, so that nobody gives its id away. */
const RETIRED = /^[a-z0-9-]+ \(retired\)$/;

/** What has become of published rules that must not. */
function problemsOf(published: Catalogue, all: readonly Rule[]): string[] {
  const byId = new Map(all.map((rule) => [rule.id, rule]));
  const added = all
    .filter(({ id }) => !(id in published))
    .map(({ id }) => `${id} is new: \`npm run policy:rules\` adds it`);
  const changed = Object.entries(published).flatMap(([id, line]) => {
    const rule = byId.get(id);
    const [slug] = line.split(" ");
    if (RETIRED.test(line)) return rule ? [`${id} was ${slug}'s and is retired: give ${rule.slug} a new id`] : [];
    if (rule === undefined) return [`${id} is gone: waivers name it, so let its line say \`${slug} (retired)\``];
    if (rule.slug !== slug) return [`${id} is ${slug}'s for ever: give ${rule.slug} a new id`];
    return catalogueLine(rule) === line ? [] : [`${id} changed packs to ${rule.packs.join(", ")}: let its line say so`];
  });
  return [...added, ...changed];
}

test("every rule that ships is the one that was published under its id", () => {
  expect(problemsOf(catalogue, rules)).toEqual([]);
});

test("the catalogue is sorted, and no slug is of two ids", () => {
  const ids = Object.keys(catalogue);
  expect(ids).toEqual([...ids].sort());
  const slugs = Object.values(catalogue).map((line) => line.split(" ")[0]);
  expect(slugs).toEqual([...new Set(slugs)]);
});

describe("the catalogue tells of", () => {
  const published = { "FD-COST-002": "cost-capped (cost)", "FD-S3-004": "s3-versioned (baseline, mlops)" };

  test("nothing when all is as it was", () => {
    expect(problemsOf(published, [versioned, cheap])).toEqual([]);
  });

  test("a rule that is new", () => {
    expect(problemsOf({ "FD-COST-002": "cost-capped (cost)" }, [versioned, cheap])).toEqual([
      "FD-S3-004 is new: `npm run policy:rules` adds it",
    ]);
  });

  test("a rule that is gone, unless its line says so", () => {
    expect(problemsOf(published, [cheap])).toEqual([
      "FD-S3-004 is gone: waivers name it, so let its line say `s3-versioned (retired)`",
    ]);
    expect(problemsOf({ ...published, "FD-S3-004": "s3-versioned (retired)" }, [cheap])).toEqual([]);
  });

  test("an id that another rule took", () => {
    const thief = { ...versioned, slug: "s3-other" };
    expect(problemsOf(published, [cheap, thief])).toEqual([
      "FD-S3-004 is s3-versioned's for ever: give s3-other a new id",
    ]);
    expect(problemsOf({ ...published, "FD-S3-004": "s3-versioned (retired)" }, [cheap, thief])).toEqual([
      "FD-S3-004 was s3-versioned's and is retired: give s3-other a new id",
    ]);
  });

  test("packs that changed", () => {
    expect(problemsOf(published, [cheap, { ...versioned, packs: ["strict"] }])).toEqual([
      "FD-S3-004 changed packs to strict: let its line say so",
    ]);
  });
});

test("the generator adds lines and changes none", () => {
  const published = { "FD-S3-004": "s3-before (strict)", "FD-ZZ-001": "gone (retired)" };
  expect(Object.entries(withNewRules(published, [versioned, cheap]))).toEqual([
    ["FD-COST-002", "cost-capped (cost)"],
    ["FD-S3-004", "s3-before (strict)"],
    ["FD-ZZ-001", "gone (retired)"],
  ]);
});
