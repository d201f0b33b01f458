import data from "./node-images.json";

/** Operating system of an image that Karpenter finds by its release. */
export type NodeImageFamily = keyof typeof data.releases;

/**
 * The release of EKS's images that nodes start from where nobody names one, as Karpenter's image aliases spell it. One release
 * has an image for each Kubernetes version, architecture and accelerator.
 *
 * @example
 * `al2023@${nodeImageRelease("al2023")}`; // "al2023@v20260714"
 */
export function nodeImageRelease(family: NodeImageFamily): string {
  return data.releases[family];
}
