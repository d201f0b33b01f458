import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import type { Value } from "../../engine/value";
import { allOf } from "../../engine/verdict";
import { BUCKET, exampleBucket } from "./private/example-bucket";
import { isWritten } from "../private/is-written";

const PUBLIC_ACLS: ReadonlySet<unknown> = new Set(["public-read", "public-read-write", "authenticated-read"]);
const EVERYONE = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

/** Where grants to groups stand in a bucket, and in an ACL of its own. */
const GROUPS = ["grant.uri", "access_control_policy.grant.grantee.uri"] as const;

const acl = (name: string) => ({
  terraform: exampleBucket({ aws_s3_bucket_acl: { models: { bucket: BUCKET, acl: name } } }),
});

/** `authenticated-read` lets in whoever has any AWS account, so it is public too. */
export const s3AclPrivate = resourceRule({
  id: "FD-S3-006",
  slug: "s3-acl-private",
  title: "No ACL of a bucket or object lets everyone in",
  severity: "high",
  packs: ["baseline"],
  why: "The whole internet, or everyone with any AWS account, can list, read or even write what the ACL is for.",
  fix: "Remove the ACL, and grant access to roles in their policies instead.",
  sameAs: { checkov: ["CKV_AWS_20", "CKV_AWS_57"], trivy: ["AWS-0092"] },
  types: ["aws_s3_bucket", "aws_s3_bucket_acl", "aws_s3_object", "aws_s3_bucket_object", "aws_s3_object_copy"],
  judge: (resource) =>
    allOf(
      writtenIn(resource).map((value) => must(value, (name) => !PUBLIC_ACLS.has(name), "must not be public")),
      GROUPS.flatMap((path) => resource.each(path)).map((uri) =>
        must(uri, (group) => !EVERYONE.test(String(group)), "must not be a group of everyone"),
      ),
    ),
  examples: { failing: acl("public-read"), passing: acl("private"), unknown: acl("${var.acl}") },
});

function writtenIn(resource: Resource): readonly Value[] {
  return [resource.at("acl")].filter(isWritten);
}
