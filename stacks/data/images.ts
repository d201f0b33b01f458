import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import {
  type EnvironmentIdentity,
  type IImageRepository,
  type IKey,
  type IPullThroughCache,
  ImageRepository,
  PullThroughCache,
} from "../../constructs";

/** The image repositories of an environment, for the layers above. */
export interface Images {
  /** Repositories by name. */
  readonly repositories: Readonly<Record<string, IImageRepository>>;
  /** Caches of public registries, by the registry's name. */
  readonly caches: Readonly<Record<string, IPullThroughCache>>;
}

/** What the repositories are made of. */
export interface ImagesProps {
  /** The environment the repositories belong to. */
  readonly identity: EnvironmentIdentity;
  /** What the environment says of its data and its protection. */
  readonly config: Pick<EnvironmentConfig, "data" | "protection">;
  /** Key that encrypts the images. */
  readonly encryptionKey: IKey;
}

/** Defines image repositories and caches of public registries. */
export function defineImages(scope: Construct, { identity, config, encryptionKey }: ImagesProps): Images {
  const { repositories, pullThrough } = config.data.images;
  const deletionProtection = config.protection.deletion;
  return {
    repositories: Object.fromEntries(
      Object.entries(repositories).map(([imageName, settings]) => {
        const props = { identity, encryptionKey, imageName, deletionProtection, ...settings };
        return [imageName, new ImageRepository(scope, `Images-${imageName}`, props)];
      }),
    ),
    caches: Object.fromEntries(
      pullThrough.map((upstream) => [
        upstream,
        new PullThroughCache(scope, `ImageCache-${upstream}`, { identity, encryptionKey, upstream }),
      ]),
    ),
  };
}
