import { must } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { notApplicable, pass } from "../../engine/verdict";
import { deployment } from "./private/example-objects";
import { imageName, isFloating } from "./private/image-names";
import { judgeContainers } from "./private/workloads";

/** An image without a fixed tag is another rule's finding. */
export const k8sImageDigest = objectRule({
  id: "FD-K8S-016",
  slug: "k8s-image-digest",
  title: "Images are pinned by their digest",
  severity: "low",
  packs: ["strict"],
  why: "A tag can be moved: the next node that pulls it runs something that nobody has looked at.",
  fix: "Append the digest, as in `server:1.4.0@sha256:…`.",
  sameAs: { checkov: ["CKV_K8S_43"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeContainers(workload, (container) => {
      const image = container.at("image");
      const name = imageName(image);
      if (name?.pinned === true) return pass();
      if (name !== undefined && isFloating(name)) return notApplicable();
      return must(image, () => false, "must end with a digest");
    }),
  examples: {
    failing: { objects: [deployment({ container: { image: "registry.example.com/router:1.4.0" } })] },
    passing: {
      objects: [deployment({ container: { image: `registry.example.com/router:1.4.0@sha256:${"0a".repeat(32)}` } })],
    },
    unknown: { objects: [deployment({ container: { image: "${var.image}" } })] },
  },
});
