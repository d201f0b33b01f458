import { refusal, withChange } from "../environment-fixture";

const withMounts = (mounts: string) => withChange("cluster:", `cluster:\n  s3Mounts: ${mounts}`);

describe("stores that pods may mount", () => {
  test.each([
    [
      "a store named twice",
      "{read: [models, models]}",
      'dev.yaml:10 cluster.s3Mounts.read[1]: must not name a store twice, got "models"',
    ],
    [
      "a store in both lists",
      "{read: [models], readWrite: [models]}",
      'dev.yaml:10 cluster.s3Mounts.read[0]: must not be under both read and readWrite; readWrite includes reading, got "models"',
    ],
    [
      "a store that does not exist",
      "{read: [model]}",
      'dev.yaml:10 cluster.s3Mounts.read[0]: must be one of the allowed values, got "model"; allowed: datasets, artifacts, models, logs',
    ],
  ])("refuses %s", (_what, mounts, message) => {
    expect(refusal(withMounts(mounts))).toBe(message);
  });

  test("accepts each store once", () => {
    expect(refusal(withMounts("{read: [datasets, models], readWrite: [artifacts, logs]}"))).toBe("");
  });
});
