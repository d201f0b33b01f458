import { mustNotBe } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import type { KubernetesObject } from "../../engine/subject";
import type { Value } from "../../engine/value";
import { allOf, fail, notApplicable, pass } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { ebsClass, plainObject } from "./private/example-objects";

/** A claim without a class of its own takes the default one. */
export const k8sVolumeRetained = objectRule({
  id: "FD-K8S-046",
  slug: "k8s-volume-retained",
  title: "In production, a volume outlives the claim to it",
  severity: "low",
  packs: ["strict"],
  why: "With `Delete`, removing a namespace, a release or a claim by mistake removes the data. A volume of EBS that was deleted is gone, unless a rule of the Recycle Bin was set up beforehand that keeps it for a while.",
  fix: "Use a storage class with `reclaimPolicy: Retain`, and leave `persistentVolumeClaimRetentionPolicy` at `Retain`.",
  kinds: ["PersistentVolumeClaim", "StatefulSet"],
  judge: (object, { graph, environment }) => {
    if (environment.stage !== "prod") return notApplicable();
    const set = object.kind === "StatefulSet";
    const names = set
      ? object.each("spec.volumeClaimTemplates").map((claim) => claim.at("spec.storageClassName"))
      : [object.at("spec.storageClassName")];
    const classes = graph.objectsOf("StorageClass");
    const kept = names.flatMap((name) => {
      const found = classes.find((known) =>
        name.absent ? known.at(DEFAULT).boolean === true : known.name === name.text,
      );
      return found === undefined ? [] : [judgeClass(name, found)];
    });
    const removed = set
      ? [mustNotBe(object.at("spec.persistentVolumeClaimRetentionPolicy.whenDeleted"), "Delete")]
      : [];
    return kept.length === 0 ? notApplicable() : allOf(kept, removed);
  },
  examples: {
    failing: { objects: [ebsClass({}), plainObject("v1", "PersistentVolumeClaim", {}, { storageClassName: "gp3" })] },
    passing: {
      objects: [ebsClass({}, "Retain"), plainObject("v1", "PersistentVolumeClaim", {}, { storageClassName: "gp3" })],
    },
  },
});

const DEFAULT = ["metadata", "annotations", "storageclass.kubernetes.io/is-default-class"];

/** A class that says nothing deletes. */
function judgeClass(name: Value, storageClass: KubernetesObject): Verdict {
  const policy = storageClass.at("reclaimPolicy");
  if (policy.literal === "Retain") return pass();
  const got = policy.absent ? "Delete" : policy.toString();
  return fail(`\`${name.path}\` must be a class that retains its volumes: \`${storageClass.name}\` has ${got}`, {
    attribute: name.path,
  });
}
