import { refusal, withChange } from "../environment-fixture";

describe("object stores and keys", () => {
  test.each([
    {
      behaviour: "refuses a key deletion window below what KMS allows",
      before: "",
      after: "data: {keyDeletionWindowDays: 6}\n",
      message: "dev.yaml:17 data.keyDeletionWindowDays: must be 7 to 30, the waiting period KMS allows, got 6",
    },
    {
      behaviour: "refuses a key deletion window above what KMS allows",
      before: "",
      after: "data: {keyDeletionWindowDays: 31}\n",
      message: "dev.yaml:17 data.keyDeletionWindowDays: must be 7 to 30, the waiting period KMS allows, got 31",
    },
    {
      behaviour: "refuses a move to infrequent access that S3 refuses",
      before: "",
      after: "data: {stores: {models: {infrequentAccessAfterDays: 29}}}\n",
      message:
        "dev.yaml:17 data.stores.models.infrequentAccessAfterDays: must be at least 30: S3 moves no younger object to Standard-IA, got 29",
    },
    {
      behaviour: "refuses an expiry on the day of the move",
      before: "",
      after: "data: {stores: {models: {infrequentAccessAfterDays: 40, expireAfterDays: 40}}}\n",
      message:
        "dev.yaml:17 data.stores.models.expireAfterDays: must be more than infrequentAccessAfterDays (40), got 40",
    },
    {
      behaviour: "refuses to keep old versions for no day",
      before: "",
      after: "data: {stores: {models: {noncurrentRetentionDays: 0}}}\n",
      message: "dev.yaml:17 data.stores.models.noncurrentRetentionDays: must be more than 0, got 0",
    },
    {
      behaviour: "refuses a store that does not exist and names the nearest",
      before: "",
      after: "data: {stores: {model: {}}}\n",
      message:
        'dev.yaml:17 data.stores.model: is not a known key (did you mean "models"?); allowed: datasets, artifacts, models, logs',
    },
  ])("$behaviour", ({ before, after, message }) => {
    expect(refusal(withChange(before, after))).toBe(message);
  });

  test.each([
    { behaviour: "accepts the shortest key deletion window", before: "", after: "data: {keyDeletionWindowDays: 7}\n" },
    { behaviour: "accepts the longest key deletion window", before: "", after: "data: {keyDeletionWindowDays: 30}\n" },
    {
      behaviour: "accepts an expiry one day after the move",
      before: "",
      after: "data: {stores: {models: {infrequentAccessAfterDays: 30, expireAfterDays: 31}}}\n",
    },
  ])("$behaviour", ({ before, after }) => {
    expect(refusal(withChange(before, after))).toBe("");
  });
});
