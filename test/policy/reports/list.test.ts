import { listRules, listRulesJson } from "../../../policy/reports/list";
import { cheap, kept, unprivileged, versioned } from "./report-fixture";

const RULES = [versioned, unprivileged, cheap, kept];
const PLAIN = { colour: false, width: 100 };

test("rules are a table by id, with a count", () => {
  expect(listRules(RULES, {}, PLAIN)).toBe(`ID           SEVERITY  PACKS            WHAT HOLDS
FD-COST-002  low       cost             Node groups stay within the budget
FD-K8S-001   critical  cis-eks          No container is privileged
FD-PLAN-001  critical  baseline         No store is destroyed
FD-S3-004    high      baseline, mlops  Buckets keep old versions

4 rules: 2 critical, 1 high, 1 low
`);
});

test.each([
  ["pack", { packs: ["mlops", "cost"] as const }, ["FD-COST-002", "FD-S3-004"]],
  ["severity", { severities: ["critical"] as const }, ["FD-K8S-001", "FD-PLAN-001"]],
  ["family", { families: ["S3", "k8s"] }, ["FD-K8S-001", "FD-S3-004"]],
  ["all of them", { packs: ["baseline"] as const, severities: ["high"] as const, families: ["s3"] }, ["FD-S3-004"]],
  ["what nothing is of", { families: ["none"] }, []],
])("a filter by %s", (_, filter, ids) => {
  const json = JSON.parse(listRulesJson(RULES, filter)) as { id: string }[];
  expect(json.map(({ id }) => id)).toEqual(ids);
  expect(listRules(RULES, filter, PLAIN)).toMatch(new RegExp(`\n${ids.length} rules? of 4|\n0 rules of 4`));
});

test("a title that does not fit is cut, and all of it where a part would say nothing", () => {
  const narrow = listRules(RULES, { families: ["cost"] }, { ...PLAIN, width: 54 });
  expect(narrow).toContain("FD-COST-002  low       cost   Node groups stay within…\n");
  expect(listRules(RULES, { families: ["cost"] }, { ...PLAIN, width: 30 })).toContain(
    "Node groups stay within the budget\n",
  );
});

test("JSON has the head of a rule and what it judges", () => {
  const [s3] = JSON.parse(listRulesJson(RULES, { families: ["s3"] })) as unknown[];
  expect(s3).toEqual({
    id: "FD-S3-004",
    slug: "s3-versioned",
    title: "Buckets keep old versions",
    severity: "high",
    family: "s3",
    packs: ["baseline", "mlops"],
    judges: "resource",
    types: ["aws_s3_bucket"],
    why: versioned.why,
    fix: versioned.fix,
    sameAs: { checkov: ["CKV_AWS_21"], trivy: ["AWS-0090"] },
    waivable: true,
  });
});

test("colours say nothing that the text does not", () => {
  const coloured = listRules(RULES, {}, { ...PLAIN, colour: true });

  expect(coloured.replaceAll(/\u001b\[\d+m/g, "")).toBe(listRules(RULES, {}, PLAIN));
  expect(coloured).not.toBe(listRules(RULES, {}, PLAIN));
});
