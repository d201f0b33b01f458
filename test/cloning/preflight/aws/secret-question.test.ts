import { secretQuestion } from "../../../../cloning/preflight/aws/secret-question";
import { type Answers, awsFailure, recordedClients } from "./recorded-clients";

const ask = (DescribeSecretCommand: Answers[string]) =>
  secretQuestion(recordedClients({ DescribeSecretCommand }), "atlas/dev/alerting");
const Tags = [{ Key: "Project", Value: "atlas" }];
const tags = { Project: "atlas" };

test("a secret that is not there", async () => {
  expect(await ask(awsFailure("ResourceNotFoundException", 400))).toEqual({ exists: false });
});

test("a secret with a value has versions, one without has none", async () => {
  const VersionIdsToStages = { "1": ["AWSCURRENT"] };
  const there = { exists: true, tags, deleted: false };
  expect(await ask({ Tags, VersionIdsToStages })).toEqual({ ...there, hasValue: true });
  expect(await ask({ Tags, VersionIdsToStages: {} })).toEqual({ ...there, hasValue: false });
  expect(await ask({ Tags })).toEqual({ ...there, hasValue: false });
});

test("a secret that waits for its deletion", async () => {
  expect(await ask({ DeletedDate: new Date(0) })).toEqual({ exists: true, tags: {}, hasValue: false, deleted: true });
});

test("a secret that must not be looked at", async () => {
  await expect(ask(awsFailure("AccessDeniedException", 400))).rejects.toMatchObject({
    action: "secretsmanager:DescribeSecret",
    refusal: "denied",
  });
});
