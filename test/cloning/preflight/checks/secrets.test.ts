import { preflight } from "../../../../cloning/preflight";
import { secretFindings, secretNotes } from "../../../../cloning/preflight/checks/secrets";
import type { SecretFact } from "../../../../cloning/preflight/preflight-aws";
import { denied, factsOf, fakeAws, FILLED_SECRET, OTHER, planOf } from "../fixture";

const NAME = "atlas/dev/observability/alerting";

async function judged(secret: SecretFact, valuesNeeded = true) {
  const plan = planOf();
  const facts = await factsOf(plan, { secret: () => Promise.resolve(secret) });
  return { findings: secretFindings(plan, facts, valuesNeeded), notes: secretNotes(facts) };
}

test("a secret with a value is fine", async () => {
  expect(await judged(FILLED_SECRET)).toEqual({ findings: [], notes: [] });
});

test("a secret without a value is a finding, with the command that puts one in", async () => {
  const { findings, notes } = await judged({ ...FILLED_SECRET, hasValue: false });
  expect(findings).toEqual([
    {
      kind: "secret",
      title: `secret ${NAME} has no value`,
      facts: [["then", "what reads it does not start; what belongs into it its description says"]],
      command: `aws secretsmanager put-secret-value --secret-id ${NAME} --region us-east-1 --secret-string file://alerting.json`,
    },
  ]);
  expect(notes).toEqual([]);
});

test("where nothing reads it, a secret needs no value", async () => {
  expect((await judged({ ...FILLED_SECRET, hasValue: false }, false)).findings).toEqual([]);
});

test("a secret that is not there yet is noted", async () => {
  expect(await judged({ exists: false })).toEqual({
    findings: [],
    notes: [
      `secret ${NAME} is made without a value by the layer data: put one in before the layers above are deployed`,
    ],
  });
});

test("a secret that waits for its deletion is a finding, wherever values are needed or not", async () => {
  for (const valuesNeeded of [true, false]) {
    const { findings } = await judged({ ...FILLED_SECRET, deleted: true }, valuesNeeded);
    expect(findings).toMatchObject([
      {
        title: `secret ${NAME} waits for its deletion`,
        command: `aws secretsmanager restore-secret --secret-id ${NAME} --region us-east-1`,
      },
    ]);
  }
});

test("a secret of others is a name that is taken, whatever is in it", async () => {
  const { findings } = await judged({ exists: true, tags: OTHER, hasValue: false, deleted: true });
  expect(findings).toEqual([
    {
      kind: "name",
      title: `secret ${NAME} exists already`,
      facts: [["tags", "Name=legacy: not this environment's"]],
    },
  ]);
});

test("a preflight tells of secrets, also of one that it may not ask about", async () => {
  const empty = fakeAws({ secret: () => Promise.resolve({ ...FILLED_SECRET, hasValue: false }) });
  const titles = async (options?: { readonly secretValuesNeeded: boolean }) =>
    (await preflight(planOf(), empty, options)).findings.map(({ title }) => title);
  expect(await titles()).toEqual([`secret ${NAME} has no value`]);
  expect(await titles({ secretValuesNeeded: false })).toEqual([]);
  expect((await preflight(planOf(), fakeAws(), { secretValuesNeeded: false })).notes).toEqual([]);

  const refused = await preflight(planOf(), fakeAws({ secret: denied("secretsmanager:DescribeSecret") }));
  expect(refused.findings).toMatchObject([
    { kind: "not-asked", title: "could not be asked: needs secretsmanager:DescribeSecret" },
  ]);
  expect(refused.notes).toEqual([]);
  expect((await preflight(planOf(), fakeAws())).notes).toEqual([expect.stringContaining(NAME)]);
});
