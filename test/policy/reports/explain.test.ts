import { explainRule } from "../../../policy/reports/explain";
import { objectRule } from "../../../policy/engine/rule";
import { pass } from "../../../policy/engine/verdict";
import { kept, unprivileged, versioned } from "./report-fixture";

const PLAIN = { colour: false, width: 80 };

test("a rule is explained: what, why, fix, who else, both examples and what it says of the failing one", () => {
  expect(explainRule(versioned, { failing: ["no `aws_s3_bucket_versioning` belongs to it"] }, PLAIN))
    .toBe(`FD-S3-004  Buckets keep old versions
s3-versioned · high · packs baseline, mlops

Why      A model that is overwritten is gone. Nothing brings it back.
Fix      Add an \`aws_s3_bucket_versioning\` whose status is Enabled.
Same as  checkov CKV_AWS_21; trivy AWS-0090

✘ Fails

  resource "aws_s3_bucket" "models" {
    bucket = "models"
  }

  → no \`aws_s3_bucket_versioning\` belongs to it

✔ Passes

  resource "aws_s3_bucket" "models" {
    bucket = "models"
  }
`);
});

test("a rule of its own has no line for others, and says when it cannot be waived", () => {
  const text = explainRule(unprivileged, { failing: [] }, PLAIN);
  expect(text).not.toContain("Same as");
  expect(text).toContain("k8s-not-privileged · critical · pack cis-eks · cannot be waived\n");
});

test("objects are shown as YAML, after what the example says of the environment", () => {
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "router" } };
  const rule = objectRule({
    ...unprivileged,
    kinds: ["Pod"],
    judge: () => pass(),
    examples: {
      failing: { objects: [object, object], stage: "dev", thresholds: { maxGpus: 4 } },
      passing: { changes: [{ address: "aws_s3_bucket.a", change: { actions: ["delete"] } }] },
    },
  });
  expect(explainRule(rule, { failing: [] }, PLAIN)).toContain(`✘ Fails

  # Environment
  stage: dev
  thresholds:
    maxGpus: 4

  apiVersion: v1
  kind: Pod
  metadata:
    name: router
  ---
  apiVersion: v1
  kind: Pod
  metadata:
    name: router

✔ Passes

  # Plan
  resource_changes:
    - address: aws_s3_bucket.a
      change:
        actions:
          - delete
`);
});

test("stacks are named", () => {
  const stacks = { "atlas-prod-data": { output: { arn: { value: "${aws_s3_bucket.a.arn}" } } } };
  const rule = { ...kept, examples: { failing: { stacks }, passing: { stacks } } };
  expect(explainRule(rule, { failing: [] }, PLAIN)).toContain(`  # Stack atlas-prod-data
  output "arn" {
    value = aws_s3_bucket.a.arn
  }
`);
});

test("colours say nothing that the text does not", () => {
  const coloured = explainRule(versioned, { failing: ["x"] }, { ...PLAIN, colour: true });

  expect(coloured.replaceAll(/\u001b\[\d+m/g, "")).toBe(explainRule(versioned, { failing: ["x"] }, PLAIN));
  expect(coloured).toContain("\u001b[1m");
});
