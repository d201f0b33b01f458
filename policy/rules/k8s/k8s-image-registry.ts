import { must } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { pass } from "../../engine/verdict";
import { deployment } from "./private/example-objects";
import { judgeContainers } from "./private/workloads";

export const k8sImageRegistry = objectRule({
  id: "FD-K8S-042",
  slug: "k8s-image-registry",
  title: "Images come from registries that were chosen",
  severity: "medium",
  packs: ["strict"],
  why: "An image of a registry that nobody looks after is a program of a stranger with the rights of the pod, and may be gone or rate limited on the day a node needs it.",
  fix: "Pull through or copy to ECR, or add the registry to the threshold `imageRegistries`.",
  sameAs: { trivy: ["KSV-0034", "KSV-0035", "KSV-0125"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload, { thresholds }) => {
    const allowed = thresholds.imageRegistries.map(patternOf);
    const rule = `must begin with ${thresholds.imageRegistries.join(" or ")}`;
    return judgeContainers(workload, (container) => {
      const image = container.at("image");
      if (image.references.some((reference) => reference.startsWith("aws_ecr_repository."))) return pass();
      return must(image, (literal) => allowed.some((pattern) => pattern.test(String(literal))), rule);
    });
  },
  examples: {
    failing: { objects: [deployment({ container: { image: "someone/router:1.4.0" } })] },
    passing: {
      objects: [deployment({ container: { image: "111111111111.dkr.ecr.us-east-1.amazonaws.com/router:1.4.0" } })],
    },
    unknown: { objects: [deployment({ container: { image: "${var.image}" } })] },
  },
});

function patternOf(beginning: string): RegExp {
  const parts = beginning.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]*")}`);
}
