import data from "./addons.json";
import { UnknownNameError } from "./unknown-name-error";

/** A managed add-on of EKS and the build pinned for each Kubernetes version. */
export interface Addon {
  /** EKS's name, as in `vpc-cni`. */
  readonly name: string;
  /** Pinned build by Kubernetes minor version, as in `v1.22.4-eksbuild.3`. */
  readonly versions: Readonly<Record<string, string>>;
  /** Kubernetes versions for which no public use of the pinned build was found. */
  readonly unverified: readonly string[];
}

const ADDONS: readonly Addon[] = data.addons;

/** Every add-on known. */
export function addons(): readonly Addon[] {
  return ADDONS;
}

/**
 * The add-on of that name.
 *
 * @throws UnknownNameError when the catalogue has none
 */
export function findAddon(name: string): Addon {
  const addon = ADDONS.find((known) => known.name === name);
  if (addon !== undefined) return addon;
  throw new UnknownNameError(
    "EKS add-on",
    name,
    ADDONS.map((known) => known.name),
  );
}

/**
 * The build pinned for an add-on on a Kubernetes version, as in `v1.22.4-eksbuild.3`.
 *
 * @throws UnknownNameError when the catalogue knows no such add-on, or has no build for the Kubernetes version
 */
export function findAddonVersion(name: string, kubernetesVersion: string): string {
  const { versions } = findAddon(name);
  const version = Object.hasOwn(versions, kubernetesVersion) ? versions[kubernetesVersion] : undefined;
  if (version !== undefined) return version;
  throw new UnknownNameError(`Kubernetes version of add-on ${name}`, kubernetesVersion, Object.keys(versions));
}
