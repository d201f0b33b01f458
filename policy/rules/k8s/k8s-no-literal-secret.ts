import { must } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { allOf, fail, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { hidden, refersToSecret } from "./private/secret-values";

export const k8sNoLiteralSecret = objectRule({
  id: "FD-K8S-025",
  slug: "k8s-no-literal-secret",
  title: "No Secret is written down with its content",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "Base64 hides nothing: the content stands in the repository, in the synthesised JSON, in plans and in Terraform's state.",
  fix: "Define an ExternalSecret that names the entry in Secrets Manager, and let External Secrets make the Secret.",
  kinds: ["Secret"],
  judge: (secret) =>
    allOf(
      pass(),
      ["data", "stringData", "binaryData"].flatMap((field) => {
        const block = secret.at(field);
        return block.unknown
          ? [must(block, () => false, "must not be written down")]
          : block.keys.map((key) => judgeContent(key, block.at([key])));
      }),
    ),
  examples: {
    failing: {
      objects: [
        {
          apiVersion: "v1",
          kind: "Secret",
          metadata: { name: "db", namespace: "serving" },
          stringData: { password: "x-y-z" },
        },
      ],
    },
    passing: {
      objects: [
        {
          apiVersion: "v1",
          kind: "Secret",
          metadata: {
            name: "token",
            namespace: "serving",
            annotations: { "kubernetes.io/service-account.name": "ci" },
          },
          type: "kubernetes.io/service-account-token",
        },
      ],
    },
    unknown: {
      objects: [
        {
          apiVersion: "v1",
          kind: "Secret",
          metadata: { name: "db", namespace: "serving" },
          stringData: { password: "${var.p}" },
        },
      ],
    },
  },
});

function judgeContent(key: string, content: Value): Verdict {
  const about = { attribute: content.path, key: `Key::${key}` };
  const rule = `\`${content.path}\` must not be written down`;
  if (refersToSecret(content)) return fail(`${rule}, got ${content.toString()}`, about);
  if (content.unknown) return unknown(`${rule}, and is known only after apply`, about);
  const text = content.absent ? "" : String(content.literal);
  return text === "" ? pass() : fail(`${rule}, got ${hidden(text)}`, about);
}
