import data from "./ami-types.json";
import type { Architecture } from "./instance-types";
import { UnknownNameError } from "./unknown-name-error";

/** What an image has drivers for. */
export type AmiAccelerator = "none" | "nvidia" | "neuron";

/** Operating system of an EKS image. `al2` is legacy: none is built for Kubernetes 1.33 and later. */
export type AmiOs = "al2023" | "bottlerocket" | "al2";

/** An image type of EKS managed node groups. */
export interface AmiType {
  /** EKS's name, as in `AL2023_x86_64_NVIDIA`. */
  readonly name: string;
  /** Operating system. */
  readonly os: AmiOs;
  /** CPU architecture. */
  readonly arch: Architecture;
  /** What it has drivers for. */
  readonly accelerator: AmiAccelerator;
  /** Whether its cryptography is FIPS-validated. */
  readonly fips: boolean;
}

/** What an image has to fit. */
export interface AmiTypeQuery {
  /** CPU architecture. */
  readonly arch: Architecture;
  /** What it must have drivers for. */
  readonly accelerator: AmiAccelerator;
  /**
   * Operating system.
   *
   * @default "al2023"
   */
  readonly os?: AmiOs;
}

const AMI_TYPES = data.amiTypes as readonly AmiType[];

/** Every image type known. */
export function amiTypes(): readonly AmiType[] {
  return AMI_TYPES;
}

/**
 * The image type of that name.
 *
 * @throws UnknownNameError when the catalogue has none
 */
export function findAmiType(name: string): AmiType {
  const found = AMI_TYPES.find((type) => type.name === name);
  if (found !== undefined) return found;
  throw new UnknownNameError(
    "AMI type",
    name,
    AMI_TYPES.map((known) => known.name),
  );
}

/**
 * Name of the image type, without FIPS, that fits.
 *
 * @throws UnknownNameError when EKS builds none, as for Neuron on arm64
 */
export function amiTypeFor(query: AmiTypeQuery): string {
  const { arch, accelerator, os = "al2023" } = query;
  const found = AMI_TYPES.find(
    (type) => type.os === os && type.arch === arch && type.accelerator === accelerator && !type.fips,
  );
  if (found !== undefined) return found.name;
  throw new UnknownNameError(
    "AMI type for",
    `${os} ${arch} ${accelerator}`,
    AMI_TYPES.filter((type) => !type.fips).map((type) => `${type.os} ${type.arch} ${type.accelerator}`),
  );
}
