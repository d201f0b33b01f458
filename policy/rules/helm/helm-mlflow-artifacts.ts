import type { RuleContext } from "../../engine/context";
import { must, mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { notApplicable, pass } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { helmRelease } from "./private/example-release";
import { judgeValue } from "./private/release-values";
import { chartNameOf } from "./private/releases";

export const helmMlflowArtifacts = resourceRule({
  id: "FD-HELM-012",
  slug: "helm-mlflow-artifacts",
  title: "MLflow keeps artifacts in a bucket of its project",
  severity: "high",
  packs: ["mlops"],
  why: "By default models go to the disk of the pod and are gone with it; in a bucket of another project they are read and deleted by others.",
  fix: "Set `artifactRoot.s3.enabled` to true and `artifactRoot.s3.bucket` to the bucket of the model store.",
  types: ["helm_release"],
  judge: (release, context) => {
    if (chartNameOf(release) !== "mlflow") return notApplicable();
    const enabled = judgeValue(release, "artifactRoot.s3.enabled", (value) => mustBe(value, true));
    if (enabled.outcome !== "pass") return enabled;
    return judgeValue(release, "artifactRoot.s3.bucket", (bucket) => judgeBucket(bucket, context));
  },
  examples: {
    failing: {
      terraform: helmRelease({ chart: "mlflow" }, { artifactRoot: { s3: { enabled: true, bucket: "their-models" } } }),
    },
    passing: {
      terraform: helmRelease(
        { chart: "mlflow" },
        { artifactRoot: { s3: { enabled: true, bucket: "${aws_s3_bucket.models.id}" } } },
      ),
    },
    unknown: {
      terraform: helmRelease({ chart: "mlflow" }, { artifactRoot: { s3: { enabled: true, bucket: "${var.bucket}" } } }),
    },
  },
});

function judgeBucket(bucket: Value, { graph, environment: { project } }: RuleContext): Verdict {
  const ofProject = graph.targets(bucket).some(({ type }) => type === "aws_s3_bucket");
  if (ofProject || bucket.references.some((reference) => reference.startsWith("aws_s3_bucket."))) return pass();
  const names = graph.resourcesOf("aws_s3_bucket").map((known) => known.at("bucket").literal);
  return must(
    bucket,
    (literal) => names.includes(literal) || (project !== undefined && String(literal).startsWith(`${project}-`)),
    "must be a bucket of the project",
  );
}
