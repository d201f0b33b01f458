import data from "./public-registries.json";
import { UnknownNameError } from "./unknown-name-error";

/** A registry whose images ECR can keep after the first pull. */
export interface PublicRegistry {
  /** Name that images are known by, as in `docker.io`. */
  readonly name: string;
  /** Name that ECR wants, as in `registry-1.docker.io`. */
  readonly url: string;
  /** Last part of the prefix of the repositories that hold its images. */
  readonly prefix: string;
  /** Whether ECR pulls from it only with an account there. */
  readonly needsCredentials: boolean;
}

const REGISTRIES: readonly PublicRegistry[] = data.registries;

/** Every registry known. */
export function publicRegistries(): readonly PublicRegistry[] {
  return REGISTRIES;
}

/** The registry of that name, or `undefined`. */
export function tryFindPublicRegistry(name: string): PublicRegistry | undefined {
  return REGISTRIES.find((registry) => registry.name === name);
}

/**
 * The registry of that name.
 *
 * @throws UnknownNameError when the catalogue has none
 */
export function findPublicRegistry(name: string): PublicRegistry {
  const found = tryFindPublicRegistry(name);
  if (found !== undefined) return found;
  throw new UnknownNameError(
    "registry",
    name,
    REGISTRIES.map((known) => known.name),
  );
}
