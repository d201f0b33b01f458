import { kubernetesVersions, removedKubernetesApi, removedKubernetesKinds, supportPhase } from "../../../catalog";
import type { RuleContext } from "../../engine/context";
import { objectRule } from "../../engine/rule";
import { fail, pass, unknown } from "../../engine/verdict";
import { plainObject } from "./private/example-objects";

/** Without a cluster among what is judged, the oldest version that EKS still runs counts. */
export const k8sApiServed = objectRule({
  id: "FD-K8S-037",
  slug: "k8s-api-served",
  title: "Objects use API versions that their cluster serves",
  severity: "high",
  packs: ["baseline"],
  why: "The API server refuses the object, so that the deploy stops half way; after an upgrade of the cluster, the next deploy does.",
  fix: "Write the API version that took its place, and adapt the fields that changed with it.",
  sameAs: { trivy: ["KSV-0107"] },
  kinds: removedKubernetesKinds(),
  judge: (object, context) => {
    const removed = removedKubernetesApi(object.apiVersion, object.kind);
    if (removed === undefined) return pass();
    const { removedIn, replacement } = removed;
    const instead = replacement === null ? "nothing takes its place" : `must be ${replacement}`;
    const about = { attribute: "apiVersion" };
    const message = `\`apiVersion\` ${instead}: ${object.apiVersion} is not served since Kubernetes ${removedIn}`;
    const version = versionOf(context);
    if (version === undefined)
      return unknown(`${message}, and the version of the cluster is known only after apply`, about);
    return minor(version) >= minor(removedIn) ? fail(`${message}, and the cluster runs ${version}`, about) : pass();
  },
  examples: {
    failing: { objects: [plainObject("policy/v1beta1", "PodDisruptionBudget", {}, { minAvailable: 1 })] },
    passing: { objects: [plainObject("policy/v1", "PodDisruptionBudget", {}, { minAvailable: 1 })] },
    unknown: {
      objects: [plainObject("policy/v1beta1", "PodDisruptionBudget", {}, { minAvailable: 1 })],
      terraform: { resource: { aws_eks_cluster: { main: { name: "atlas", version: "${var.version}" } } } },
    },
  },
});

function versionOf({ graph, today }: RuleContext): string | undefined {
  const clusters = graph.resourcesOf("aws_eks_cluster").map((cluster) => cluster.at("version"));
  const given = clusters.filter(({ absent }) => !absent);
  if (given.some(({ unknown }) => unknown)) return undefined;
  const versions = given.map(({ literal }) => String(literal));
  if (versions.length > 0) return versions.reduce((one, other) => (minor(one) >= minor(other) ? one : other));
  const running = kubernetesVersions().filter(({ version }) =>
    ["standard", "extended"].includes(supportPhase(version, today)),
  );
  return (running.at(-1) ?? kubernetesVersions()[0])?.version;
}

function minor(version: string): number {
  return Number(version.split(".")[1]);
}
