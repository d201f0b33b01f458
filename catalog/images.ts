import data from "./images.json";

/** Name of an image of the catalogue. */
export type ImageName = keyof typeof data.images;

/** A container image at the one version that the platform uses. */
export interface ContainerImage {
  /** Registry and repository, without a tag. */
  readonly repository: string;
  /** Tag, with a leading `v` where the repository has one. */
  readonly tag: string;
  /** Date of the fact, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Where from. */
  readonly source: string;
}

const IMAGES: Readonly<Record<ImageName, ContainerImage>> = data.images;

/** Names of all images known. */
export function imageNames(): readonly ImageName[] {
  return Object.keys(IMAGES) as ImageName[];
}

/** The image of that name. */
export function findImage(name: ImageName): ContainerImage {
  return IMAGES[name];
}

/**
 * Reference of an image, as a container names it.
 *
 * @example
 * imageReference("pushgateway"); // "quay.io/prometheus/pushgateway:v1.11.3"
 */
export function imageReference(name: ImageName): string {
  const { repository, tag } = IMAGES[name];
  return `${repository}:${tag}`;
}
