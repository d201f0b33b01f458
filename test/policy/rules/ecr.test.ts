import { ecrForceDelete } from "../../../policy/rules/ecr/ecr-force-delete";
import { ecrImmutableTags } from "../../../policy/rules/ecr/ecr-immutable-tags";
import { ecrOwnKey } from "../../../policy/rules/ecr/ecr-own-key";
import { ecrScanOnPush } from "../../../policy/rules/ecr/ecr-scan-on-push";
import { answersOf } from "./answers-of";

const repository = (values: object = {}) => ({
  aws_ecr_repository: { serving: { name: "atlas-prod/serving", ...values } },
});

describe("a scan for the whole registry", () => {
  const registry = (frequency: string, filter: string) => ({
    ...repository(),
    aws_ecr_registry_scanning_configuration: {
      all: {
        scan_type: "ENHANCED",
        rule: [{ scan_frequency: frequency, repository_filter: [{ filter, filter_type: "WILDCARD" }] }],
      },
    },
  });

  test.each([
    ["SCAN_ON_PUSH", "*"],
    ["CONTINUOUS_SCAN", "atlas-prod/*"],
  ])("%s of %s does for the repository", (frequency, filter) => {
    expect(answersOf(ecrScanOnPush, registry(frequency, filter))).toEqual(["pass"]);
  });

  test.each([
    ["MANUAL", "*"],
    ["SCAN_ON_PUSH", "other/*"],
  ])("%s of %s does not", (frequency, filter) => {
    expect(answersOf(ecrScanOnPush, registry(frequency, filter))).toEqual([
      "fail: `image_scanning_configuration.scan_on_push` must be true, got nothing",
    ]);
  });
});

test("tags that may be moved by exception are immutable else", () => {
  expect(answersOf(ecrImmutableTags, repository({ image_tag_mutability: "IMMUTABLE_WITH_EXCLUSION" }))).toEqual([
    "pass",
  ]);
});

test("KMS without a key is the key of AWS", () => {
  expect(answersOf(ecrOwnKey, repository({ encryption_configuration: [{ encryption_type: "KMS" }] }))).toEqual([
    "fail: `encryption_configuration.kms_key` must be set, got nothing",
  ]);
});

test("repositories outside of production may go with their images", () => {
  expect(answersOf(ecrForceDelete, repository({ force_delete: true }), { stage: "dev" })).toEqual(["not applicable"]);
});
