import { mustBeOneOf } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import type { KubernetesObject } from "../../engine/subject";
import type { Value } from "../../engine/value";
import { allOf, fail, notApplicable, pass } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { ebsClass, plainObject } from "./private/example-objects";

const DEFAULT = ["metadata", "annotations", "storageclass.kubernetes.io/is-default-class"];

/** Nothing is said where no storage class is defined at all: classes may come from elsewhere then. */
export const k8sStorageClassExists = objectRule({
  id: "FD-K8S-045",
  slug: "k8s-storage-class-exists",
  title: "Claims ask for a storage class that exists",
  severity: "medium",
  packs: ["mlops"],
  why: "A claim for a class that is not there stays pending, and its pod with it, without any error in the deploy. A cluster of EKS has no default class of its own.",
  fix: "Name a class that is defined, or annotate one as the default.",
  kinds: ["PersistentVolumeClaim", "StatefulSet"],
  judge: (object, { graph }) => {
    const classes = graph.objectsOf("StorageClass");
    if (classes.length === 0) return notApplicable();
    const claims = object.kind === "StatefulSet" ? object.each("spec.volumeClaimTemplates") : object.each("spec");
    const path = object.kind === "StatefulSet" ? "spec.storageClassName" : "storageClassName";
    return allOf(claims.map((claim) => judgeName(claim.at(path), classes)));
  },
  examples: {
    failing: { objects: [ebsClass({}), plainObject("v1", "PersistentVolumeClaim", {}, { storageClassName: "fast" })] },
    passing: { objects: [ebsClass({}), plainObject("v1", "PersistentVolumeClaim", {}, { storageClassName: "gp3" })] },
    unknown: {
      objects: [ebsClass({}), plainObject("v1", "PersistentVolumeClaim", {}, { storageClassName: "${var.class}" })],
    },
  },
});

function judgeName(name: Value, classes: readonly KubernetesObject[]): Verdict {
  // An empty name asks for a volume that was made by hand.
  if (name.literal === "") return notApplicable();
  if (!name.absent)
    return mustBeOneOf(
      name,
      classes.map((known) => known.name),
    );
  if (classes.some((known) => known.at(DEFAULT).boolean === true)) return pass();
  return fail(`\`${name.path}\` must be set: no storage class is the default one`, { attribute: name.path });
}
