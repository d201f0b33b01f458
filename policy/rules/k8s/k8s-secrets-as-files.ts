import { mustBeAbsent } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { allOf, pass } from "../../engine/verdict";
import { deployment } from "./private/example-objects";
import { judgeContainers } from "./private/workloads";

export const k8sSecretsAsFiles = objectRule({
  id: "FD-K8S-022",
  slug: "k8s-secrets-as-files",
  title: "Pods read secrets from files, not from their environment",
  severity: "low",
  packs: ["strict"],
  why: "The environment is printed by crash reports and debuggers and inherited by every child process, and does not change when the secret does.",
  fix: "Mount the secret as a volume and read the file; many programs take `…_FILE` variables.",
  sameAs: { checkov: ["CKV_K8S_35"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeContainers(workload, (container) =>
      allOf(
        pass(),
        container.each("env").map((variable) => mustBeAbsent(variable.at("valueFrom.secretKeyRef"))),
        container.each("envFrom").map((source) => mustBeAbsent(source.at("secretRef"))),
      ),
    ),
  examples: {
    failing: { objects: [deployment({ container: { envFrom: [{ secretRef: { name: "database" } }] } })] },
    passing: { objects: [deployment({ container: { envFrom: [{ configMapRef: { name: "settings" } }] } })] },
  },
});
