import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable, pass } from "../../engine/verdict";
import { exampleBucket } from "./private/example-bucket";

/** A name that the provider completes, or that some expression is part of, is unique enough. */
export const s3UniqueName = resourceRule({
  id: "FD-S3-024",
  slug: "s3-unique-name",
  title: "The name of a bucket says whose it is",
  severity: "low",
  packs: ["mlops"],
  why: "Names are shared by all AWS accounts of the world: a common one is taken, and one that is given up can be taken by a stranger who then receives what still is written to it.",
  fix: "Put the account id or the project into `bucket`, or use `bucket_prefix`.",
  types: ["aws_s3_bucket"],
  judge: (bucket, { environment }) => {
    const { account, project } = environment;
    const owners = [account, project].filter((owner) => owner !== undefined);
    const name = bucket.at("bucket");
    if (owners.length === 0) return notApplicable();
    if (name.absent || (name.unknown && (name.references.length > 0 || name.text !== undefined))) return pass();
    const rule = `must have ${owners.map((owner) => JSON.stringify(owner)).join(" or ")} in it`;
    return must(name, (literal) => owners.some((owner) => String(literal).includes(owner)), rule);
  },
  examples: {
    failing: { terraform: exampleBucket({}, { bucket: "models" }) },
    passing: { terraform: exampleBucket() },
  },
});
