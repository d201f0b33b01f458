import type { KubernetesObject } from "../../kubernetes/kubernetes-object";

/** A kind that an add-on brings. */
export interface CustomKindParts {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly scope: "Cluster" | "Namespaced";
  /**
   * Fields beside `spec` and `status` that must be given, all text.
   * @default - none
   */
  readonly topLevel?: readonly string[];
}

/**
 * The definition of a custom kind, its contents not looked into: the add-on's own definition, thousands of lines, is no
 * part of the sandbox. Objects of the kind are taken and kept, not judged.
 */
export function customKind({ group, version, kind, scope, topLevel = [] }: CustomKindParts): KubernetesObject {
  const singular = kind.toLowerCase();
  const plural = singular.endsWith("s") ? `${singular}es` : `${singular}s`;
  const anything = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name: `${plural}.${group}`,
      // The API server takes kinds of its own domains with a note of their review only.
      ...(group.endsWith(".k8s.io") && {
        annotations: { "api-approved.kubernetes.io": "https://github.com/kubernetes-csi/external-snapshotter" },
      }),
    },
    spec: {
      group,
      scope,
      names: { kind, plural, singular, listKind: `${kind}List` },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: {
            openAPIV3Schema: {
              type: "object",
              "x-kubernetes-preserve-unknown-fields": true,
              ...(topLevel.length > 0 && { required: [...topLevel] }),
              properties: {
                spec: anything,
                status: anything,
                ...Object.fromEntries(topLevel.map((field) => [field, { type: "string" }])),
              },
            },
          },
        },
      ],
    },
  };
}
