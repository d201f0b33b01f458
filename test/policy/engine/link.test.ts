import type { RuleContext } from "../../../policy/engine/context";
import { mustBe } from "../../../policy/engine/expect";
import { mustHaveLinked } from "../../../policy/engine/link";
import type { Verdict } from "../../../policy/engine/verdict";
import { graphOf, resourceAt } from "./graph-of";

/** What is said of the bucket `b`, which must have a versioning that is switched on. */
function judge(versionings: object): Verdict {
  const graph = graphOf({ a: { resource: { aws_s3_bucket: { b: {} }, aws_s3_bucket_versioning: versionings } } });
  const link = { type: "aws_s3_bucket_versioning", argument: "bucket" };
  return mustHaveLinked({ graph } as RuleContext, resourceAt(graph, "aws_s3_bucket.b"), link, (versioning) =>
    mustBe(versioning.at("status"), "Enabled"),
  );
}

const bucket = "${aws_s3_bucket.b.id}";

test("one that satisfies the test is enough", () => {
  expect(judge({ v: { bucket, status: "Suspended" }, w: { bucket, status: "Enabled" } })).toEqual({ outcome: "pass" });
});

test("none that satisfies it fails with the faults of all", () => {
  expect(judge({ v: { bucket, status: "Suspended" } })).toEqual({
    outcome: "fail",
    faults: [{ message: '`status` must be "Enabled", got "Suspended"', attribute: "status" }],
  });
});

test("none at all fails", () => {
  expect(judge({ v: { bucket: "another", status: "Enabled" } })).toEqual({
    outcome: "fail",
    faults: [{ message: "no `aws_s3_bucket_versioning` belongs to it" }],
  });
});

test("one that may belong to it leaves it open", () => {
  expect(judge({ v: { bucket: "${var.bucket}", status: "Enabled" } })).toEqual({
    outcome: "unknown",
    faults: [
      {
        message:
          "no `aws_s3_bucket_versioning` belongs to it, as far as references tell: one whose `bucket` is not known might",
      },
    ],
  });
});
