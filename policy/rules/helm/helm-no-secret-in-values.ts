import { resourceRule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { allOf, fail, pass, unknown } from "../../engine/verdict";
import { hidden } from "../k8s/private/secret-values";
import { helmRelease } from "./private/example-release";
import { releaseValues } from "./private/release-values";
import { isGrafanaPassword, secretsIn } from "./private/secret-places";
import type { SecretPlace } from "./private/secret-places";

export const helmNoSecretInValues = resourceRule({
  id: "FD-HELM-008",
  slug: "helm-no-secret-in-values",
  title: "No secret stands in the values of a release",
  severity: "critical",
  packs: ["baseline", "mlops"],
  why: "Values are plain text in the repository, in plans, in Terraform's state and in the Secret that Helm keeps of every version. A reference to a secret puts the secret there too.",
  fix: "Name an existing Secret, which External Secrets brings from Secrets Manager: most charts have `existingSecret`.",
  types: ["helm_release"],
  judge: (release) => {
    const { root, complete } = releaseValues(release);
    const found = secretsIn(root).filter(({ path }) => !isGrafanaPassword(release, path));
    const password = literalCredential(release.at("repository_password"), "repository_password");
    const sensitive = release
      .each("set_sensitive")
      .flatMap((setting) => literalCredential(setting.at("value"), setting.path));
    const faults = [...found, ...password, ...sensitive];
    if (faults.length > 0)
      return allOf(
        faults.map(({ path, what }) => fail(`\`${path}\` must not hold a secret, got ${what}`, { attribute: path })),
      );
    return complete
      ? pass()
      : unknown("`values` must not hold a secret, and are known only after apply", { attribute: "values" });
  },
  examples: {
    failing: { terraform: helmRelease({}, { database: { password: "correct-horse" } }) },
    passing: { terraform: helmRelease({}, { database: { existingSecret: "database" } }) },
    unknown: { terraform: helmRelease({ values: ["${file(var.values)}"] }) },
  },
});

/** What may be given in clear text only by mistake: a secret as a literal in an argument made for secrets. */
function literalCredential(value: Value, path: string): readonly SecretPlace[] {
  return typeof value.literal === "string" && value.literal !== "" ? [{ path, what: hidden(value.literal) }] : [];
}
