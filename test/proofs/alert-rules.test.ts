import { fullConfig, fullObservability } from "../support/full-platform";
import { inLanes } from "../support/lanes";
import { allEnvironments, synthesizedStack } from "../support/platform";
import { checkRules, failuresOf } from "../support/promtool";
import { renderedRules } from "../support/rendered-rules";
import { type AreaCases, caseAreas, ruleCases } from "../support/rule-cases";
import { alertTest, recordingTests, type RenderedGroup, seriesProblems } from "../support/rule-tests";

jest.setTimeout(300_000);

/** Each promtool keeps one core busy. */
const LANES = 2;
const groups = renderedRules(fullObservability().stack);
const areas: Promise<readonly AreaCases[]> = ruleCases();

async function expectAccepted(some: readonly RenderedGroup[], what: string): Promise<void> {
  const rules = some.flatMap((group) => group.rules);
  const alerts = rules.filter(({ alert }) => alert !== undefined);
  expect(alerts.length).toBeGreaterThan(50);
  const output = `Checking rules.json\n  SUCCESS: ${rules.length} rules found`;
  expect(await checkRules(some)).toEqual({ status: 0, output });
  process.stdout.write(`${what}: ${rules.length} rules, ${alerts.length} of them alerts\n`);
}

test("promtool takes all rules without a warning", () => expectAccepted(groups, "everything"));

test.each(allEnvironments().map((config) => [`${config.project}/${config.stage}`, config] as const))(
  "promtool takes the rules of %s without a warning",
  (id, config) => expectAccepted(renderedRules(synthesizedStack(config, "observability")), id),
);

test("a whole platform renders the rules that the cases judge, but for those of layers that are still to come", () => {
  const rendered = renderedRules(synthesizedStack(fullConfig(), "observability")).flatMap(({ rules }) => rules);
  const texts = new Set(rendered.map((rule) => JSON.stringify(rule)));
  const judged = groups.flatMap(({ rules }) => rules);
  const missing = judged.filter((rule) => !texts.delete(JSON.stringify(rule)));
  expect([...texts]).toEqual([]);
  const areas = missing.map(({ record, labels }) => record?.split(":")[0] ?? labels?.["area"]);
  expect([...new Set(areas)].sort()).toEqual(["mlflow", "pipeline", "pipelines", "tracking"]);
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

  test("every series of a case is read by a rule behind it or is a neighbour that exporters yield, and what is quiet reads one", async () => {
    const { cases, recordingCases } = await ofArea();
    expect(seriesProblems(cases, recordingCases, groups)).toEqual([]);
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

  const unlabelled =
    '(count by (pod) (ALERTS{alertname=\\"Down\\",alertstate=\\"firing\\"})) and on (pod) vector(1) # Down: a is away';

  test("a text that names a label which the alert does not have", async () => {
    expect(await found([{ job: "a" }])).toContain(unlabelled);
  });

  test("such a text of an alert that goes on firing after its expression yields nothing", async () => {
    const held = [{ name: "made", rules: [{ ...rule, keep_firing_for: "10m" }] }];
    const over = { 'up{job="a",pod="x"}': "0x2 1x10" };
    const one = { alert: "Down", what: "a is away", series: over, atMinutes: 5, fires: [{ job: "a" }] };
    expect(await failuresOf(alertTest("Down", [one], held))).toContain(unlabelled);
  });

  test("a text that names a label which only the rule adds", () => {
    const added = [{ name: "made", rules: [{ ...rule, labels: { pod: "x" } }] }];
    const one = { alert: "Down", what: "a is away", series, atMinutes: 5, fires: [{ job: "a" }] };
    expect(() => alertTest("Down", [one], added)).toThrow("Down: texts name pod, which only the rule adds");
  });

  test("a slip in the name of a series, where an alert should be quiet and where a series should be recorded", () => {
    const slip = { 'upp{job="a"}': "0x10", 'up{job="a"}': "1x10" };
    const quiet = { alert: "Down", what: "a is there", series: slip, atMinutes: 5, fires: [] };
    const recorded = { expression: "sum(jobs)", what: "one job", series: slip, atMinutes: 5, samples: [] };
    const recording = { name: "recorded", rules: [{ record: "jobs", expr: '{__name__=~"up|down"}' }] };
    expect(seriesProblems([quiet], [recorded], [...made, recording])).toEqual([
      'Down: a is there: nothing reads upp{job="a"}',
      'sum(jobs): one job: nothing reads upp{job="a"}',
    ]);
    const neighbour = { ...quiet, series: { kube_job_status_failed: "1x10" } };
    expect(seriesProblems([neighbour], [], made)).toEqual(["Down: a is there: no series is read"]);
  });
});
