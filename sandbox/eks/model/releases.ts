import { createHash } from "node:crypto";

import type { AmiTypeFacts, EksCatalog } from "./catalog-port";

/**
 * The newest image release of a Kubernetes version, in the form that EKS gives it. The catalogue holds no image
 * releases: the form is the real one, the figures derive from the version and the catalogue's date.
 *
 * @returns e.g. `1.34.0-20261121` (Amazon Linux), `1.34.0-1a2b3c4d` (Bottlerocket), `1.34-2026.11.21` (Windows)
 */
export function latestRelease(catalog: EksCatalog, version: string, os: AmiTypeFacts["os"]): string {
  if (os === "windows") return `${version}-${catalog.asOf.replaceAll("-", ".")}`;
  if (os === "bottlerocket") {
    return `${version}.0-${createHash("sha256").update(version).digest("hex").slice(0, 8)}`;
  }
  return `${version}.0-${catalog.asOf.replaceAll("-", "")}`;
}
