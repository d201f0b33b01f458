import { inLanes } from "../support/lanes";
import { checkRules, failuresOf } from "../support/promtool";
import { renderedRules } from "../support/rendered-rules";
import { type AreaCases, caseAreas, ruleCases } from "../support/rule-cases";
import { alertTest, recordingTests } from "../support/rule-tests";

jest.setTimeout(300_000);

/** Each promtool keeps one core busy. */
const LANES = 2;
const groups = renderedRules();
const areas: Promise<readonly AreaCases[]> = ruleCases();

test("promtool takes all rules without a warning", async () => {
  const { status, output } = await checkRules(groups);
  const rules = groups.flatMap((group) => group.rules);
  process.stdout.write(
    `${rules.length} rules, ${rules.filter(({ alert }) => alert !== undefined).length} of them alerts\n`,
  );
  expect({ status, output }).toEqual({
    status: 0,
    output: `Checking rules.json\n  SUCCESS: ${rules.length} rules found`,
  });
});

describe.each(caseAreas())("%s", (name) => {
  const ofArea = async (): Promise<AreaCases> => (await areas).find(({ area }) => area === name)!;

  test("every alert fires where it should, with the labels that its texts name, and is quiet where it should be", async () => {
    const { cases } = await ofArea();
    const alerts = [...new Set(cases.map(({ alert }) => alert))];
    const failures: Record<string, string> = {};
    await inLanes(LANES, alerts, async (alert) => {
      const some = cases.filter((one) => one.alert === alert);
      const failure = await failuresOf(alertTest(alert, some, groups));
      if (failure !== "") failures[alert] = failure;
    });
    expect(failures).toEqual({});
    process.stdout.write(`${name}: ${alerts.length} alerts, ${cases.length} cases\n`);
  });

  test("recorded series have the values that they should", async () => {
    const { recordingCases } = await ofArea();
    expect(await failuresOf(recordingTests(recordingCases, groups))).toBe("");
    process.stdout.write(`${name}: ${recordingCases.length} cases of recorded series\n`);
  });
});

describe("what is wrong is found, and the case named", () => {
  const rule = { alert: "Down", expr: "min by (job) (up) == 0", annotations: { summary: "{{ $labels.pod }} is down" } };
  const made = [{ name: "made", rules: [rule] }];
  const series = { 'up{job="a",pod="x"}': "0x10" };
  const found = (fires: readonly Readonly<Record<string, string>>[]): Promise<string> =>
    failuresOf(alertTest("Down", [{ alert: "Down", what: "a is away", series, atMinutes: 5, fires }], made));

  test("an alert that should be quiet", async () => {
    expect(await found([])).toContain(`ALERTS{alertname=\\"Down\\",alertstate=\\"firing\\"} # Down: a is away`);
  });

  test("an alert with other labels", async () => {
    expect(await found([{ job: "b" }])).toMatch(/exp: {job="b"} 1E\+00\n\s+got: {job="a"} 1E\+00/);
  });

  test("a text that names a label which the alert does not have", async () => {
    expect(await found([{ job: "a" }])).toContain(
      "(count by (pod) (min by (job) (up) == 0\\n)) and on (pod) vector(1)",
    );
  });
});
