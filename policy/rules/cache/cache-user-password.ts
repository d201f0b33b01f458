import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { allOf, notApplicable } from "../../engine/verdict";

const user = (values: object): Example => ({
  terraform: {
    resource: {
      aws_elasticache_user: {
        features: { user_id: "features", user_name: "features", access_string: "on ~* +@all", ...values },
      },
    },
  },
});

/** A user that is switched off, such as the `default` one each group needs for Redis, may do without. */
export const cacheUserPassword = resourceRule({
  id: "FD-CACHE-005",
  slug: "cache-user-password",
  title: "No user of a cache signs in without a password or IAM",
  severity: "high",
  packs: ["baseline"],
  why: "Every pod that reaches the port is that user.",
  fix: 'Set `authentication_mode.type` to "iam", or begin `access_string` with "off".',
  types: ["aws_elasticache_user"],
  judge: (resource) =>
    /^\s*off\b/.test(resource.at("access_string").text ?? "")
      ? notApplicable()
      : allOf(
          mustNotBe(resource.at("no_password_required"), true),
          mustNotBe(resource.at("authentication_mode.type"), "no-password-required"),
        ),
  examples: {
    failing: user({ no_password_required: true }),
    passing: user({ authentication_mode: { type: "iam" } }),
    unknown: user({ no_password_required: "${var.open}" }),
  },
});
