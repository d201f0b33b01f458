import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { allOf, fail, notApplicable, pass, unknown } from "../../engine/verdict";
import type { Value } from "../../engine/value";
import type { Verdict } from "../../engine/verdict";

const ACCESS_KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/;
const SECRET_KEY = /aws_?secret_?access_?key["']?\s*[=:]\s*["']?[A-Za-z0-9/+]{40}\b/i;
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

const template = (userData: string): TerraformJson => ({
  resource: { aws_launch_template: { nodes: { user_data: userData } } },
});

function hasKeys(text: string): boolean {
  const decoded = BASE64.test(text) ? Buffer.from(text, "base64").toString("utf8") : "";
  return [text, decoded].some((one) => ACCESS_KEY.test(one) || SECRET_KEY.test(one));
}

function judgeText(value: Value): Verdict {
  if (value.absent) return notApplicable();
  const about = { attribute: value.path };
  if (hasKeys(value.text ?? "")) return fail(`\`${value.path}\` must hold no AWS access key, got one`, about);
  return value.unknown
    ? unknown(`\`${value.path}\` must hold no AWS access key, and is known only after apply`, about)
    : pass();
}

/** Base64 is looked into. The key itself is in no message. */
export const nodeUserDataWithoutKeys = resourceRule({
  id: "FD-NODE-004",
  slug: "node-user-data-without-keys",
  title: "User data holds no AWS access key",
  severity: "critical",
  packs: ["baseline"],
  why: "User data is readable by every pod that reaches the metadata service, by all who may describe instances, and stands in the state in clear.",
  fix: "Take the key out, make it invalid, and give the node's role the rights, or the pods one of their own.",
  sameAs: { checkov: ["CKV_AWS_46"], trivy: ["AWS-0029", "AWS-0129"] },
  types: ["aws_launch_template", "aws_launch_configuration", "aws_instance"],
  judge: (resource) => allOf(["user_data", "user_data_base64"].map((argument) => judgeText(resource.at(argument)))),
  examples: {
    // The access key of AWS's own documentation, in base64: `export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE`.
    failing: { terraform: template("ZXhwb3J0IEFXU19BQ0NFU1NfS0VZX0lEPUFLSUFJT1NGT0ROTjdFWEFNUExF") },
    passing: { terraform: template("IyEvYmluL2Jhc2gKZWNobyByZWFkeQ==") },
    unknown: { terraform: template("${base64encode(var.script)}") },
  },
});
