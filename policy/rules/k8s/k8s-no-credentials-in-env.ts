import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { allOf, fail, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { deployment } from "./private/example-objects";
import { hidden, isHarmless, isSecretName, refersToSecret, secretInText } from "./private/secret-values";
import { judgeContainers } from "./private/workloads";

export const k8sNoCredentialsInEnv = objectRule({
  id: "FD-K8S-023",
  slug: "k8s-no-credentials-in-env",
  title: "No credential stands in the definition of a pod",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "Everyone who may look at pods reads it, and so does everyone with the repository, the plan or Terraform's state.",
  fix: "Keep it in Secrets Manager, let External Secrets bring it, and mount the Secret or name it under `valueFrom`.",
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeContainers(workload, (container) => allOf(pass(), container.each("env").map(judgeVariable))),
  examples: {
    failing: { objects: [deployment({ container: { env: [{ name: "DB_PASSWORD", value: "correct-horse" }] } })] },
    passing: {
      objects: [
        deployment({
          container: {
            env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "database", key: "password" } } }],
          },
        }),
      ],
    },
    unknown: { objects: [deployment({ container: { env: [{ name: "DB_PASSWORD", value: "${var.database}" }] } })] },
  },
});

function judgeVariable(variable: Value): Verdict {
  const name = variable.at("name").text ?? "";
  const value = variable.at("value");
  const about = { attribute: value.path, key: `Variable::${name}` };
  const rule = `\`${value.path}\` of \`${name}\` must not hold a credential`;
  if (refersToSecret(value)) return fail(`${rule}, got ${value.toString()}`, about);
  if (value.unknown) return isSecretName(name) ? unknown(`${rule}, and is known only after apply`, about) : pass();
  const text = value.absent ? "" : String(value.literal);
  const secret = isSecretName(name) && !isHarmless(text) ? "one by its name" : secretInText(text);
  return secret === undefined ? pass() : fail(`${rule}, got ${hidden(text)}: ${secret}`, about);
}
