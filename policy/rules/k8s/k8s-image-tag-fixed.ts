import { must } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { fail, pass } from "../../engine/verdict";
import { deployment } from "./private/example-objects";
import { imageName, isFloating } from "./private/image-names";
import { judgeContainers } from "./private/workloads";

export const k8sImageTagFixed = objectRule({
  id: "FD-K8S-015",
  slug: "k8s-image-tag-fixed",
  title: "Images have a tag that says which image it is",
  severity: "medium",
  packs: ["baseline"],
  why: "With `latest`, or no tag, two pods of one Deployment may run different programs, a rollback brings nothing back, and nobody can tell what served a request.",
  fix: "Name the version, as in `server:1.4.0`, or the digest.",
  sameAs: { checkov: ["CKV_K8S_14"], trivy: ["KSV-0013"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeContainers(workload, (container) => {
      const image = container.at("image");
      const name = imageName(image);
      if (name === undefined || !name.known) return must(image, () => false, "must have a tag other than `latest`");
      if (!isFloating(name)) return pass();
      return fail(`\`${image.path}\` must have a tag other than \`latest\`, got ${name.text}`, {
        attribute: image.path,
      });
    }),
  examples: {
    failing: { objects: [deployment({ container: { image: "registry.example.com/router:latest" } })] },
    passing: { objects: [deployment({ container: { image: "registry.example.com/router:1.4.0" } })] },
    unknown: { objects: [deployment({ container: { image: "${var.image}" } })] },
  },
});
