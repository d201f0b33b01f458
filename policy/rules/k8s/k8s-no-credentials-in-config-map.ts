import { objectRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { allOf, fail, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import {
  hidden,
  isHarmless,
  isSecretName,
  refersToSecret,
  secretAssignmentsIn,
  secretInText,
} from "./private/secret-values";

const configMap = (data: object): Example => ({
  objects: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "app", namespace: "serving" }, data }],
});

export const k8sNoCredentialsInConfigMap = objectRule({
  id: "FD-K8S-024",
  slug: "k8s-no-credentials-in-config-map",
  title: "No credential stands in a ConfigMap",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "ConfigMaps are read by everyone who may look at the namespace, are not encrypted with the key of the cluster's secrets, and stand in Terraform's state.",
  fix: "Keep it in Secrets Manager, let External Secrets bring it, and name the file or variable in the configuration.",
  sameAs: { trivy: ["KSV-0109", "KSV-01010"] },
  kinds: ["ConfigMap"],
  judge: (object) => {
    const data = object.at("data");
    return allOf(
      pass(),
      data.keys.map((key) => judgeEntry(key, data.at([key]))),
    );
  },
  examples: {
    failing: configMap({ DB_PASSWORD: "x-y-z" }),
    passing: configMap({ DB_HOST: "db.internal" }),
    unknown: configMap({ API_KEY: "${var.key}" }),
  },
});

function judgeEntry(key: string, value: Value): Verdict {
  const about = { attribute: value.path, key: `Key::${key}` };
  const rule = `\`${value.path}\` must not hold a credential`;
  if (refersToSecret(value)) return fail(`${rule}, got ${value.toString()}`, about);
  if (value.unknown) return isSecretName(key) ? unknown(`${rule}, and is known only after apply`, about) : pass();
  const text = value.absent ? "" : String(value.literal);
  if (isSecretName(key) && !isHarmless(text)) return fail(`${rule}, got ${hidden(text)}: one by its name`, about);
  const secret = secretInText(text) ?? secretAssignmentsIn(text)[0];
  return secret === undefined ? pass() : fail(`${rule}, got ${hidden(text)}: ${secret}`, about);
}
