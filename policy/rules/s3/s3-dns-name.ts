import { resourceRule } from "../../engine/rule";
import { allOf, fail, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import type { Value } from "../../engine/value";
import { exampleBucket } from "./private/example-bucket";

/** Shortest and longest name, and how long a prefix may be that the provider completes. */
const LENGTHS: Readonly<Record<string, readonly [number, number]>> = { bucket: [3, 63], bucket_prefix: [1, 37] };

/**
 * Dots are allowed by S3 but not covered by its certificate.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const s3DnsName = resourceRule({
  id: "FD-S3-023",
  slug: "s3-dns-name",
  title: "The name of a bucket can be part of a host name",
  severity: "medium",
  packs: ["baseline"],
  why: "Clients put the name in front of the host: with a dot in it TLS cannot be verified, and with capitals or underscores S3 refuses to make the bucket.",
  fix: "Use 3 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends.",
  sameAs: { trivy: ["AWS-0320"] },
  types: ["aws_s3_bucket"],
  judge: (bucket) => {
    const names = ["bucket", "bucket_prefix"].map((argument) => bucket.at(argument)).filter(({ absent }) => !absent);
    return names.length > 0 ? allOf(names.map(mustBeHostLabel)) : pass();
  },
  examples: {
    failing: { terraform: exampleBucket({}, { bucket: "atlas.prod.models" }) },
    passing: { terraform: exampleBucket() },
    unknown: { terraform: exampleBucket({}, { bucket: "${var.bucket}" }) },
  },
});

function mustBeHostLabel(name: Value): Verdict {
  const [least, most] = LENGTHS[name.path] ?? [0, 0];
  const text = name.text ?? "";
  const written = name.unknown ? text.replace(/\$\{[^{}]*\}/g, "") : text;
  const rule = `\`${name.path}\` must be ${least} to ${most} lower-case letters, digits and hyphens`;
  const isSpelled = !/[^a-z0-9-]/.test(written) && !/^-/.test(text) && !(name.path === "bucket" && /-$/.test(text));
  if (!isSpelled || (name.known && (text.length < least || text.length > most)))
    return fail(`${rule}, got ${name.toString()}`, { attribute: name.path });
  return name.unknown
    ? unknown(`${rule}, and is known only after apply: ${name.toString()}`, { attribute: name.path })
    : pass();
}
