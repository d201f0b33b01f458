/** A provider pinned for the sandbox. */
export interface PinnedProvider {
  /** Registry of the Terraform product in use: Terraform and OpenTofu name the same provider differently. */
  readonly registry: string;
  /** e.g. `hashicorp/aws` */
  readonly name: string;
  readonly version: string;
  /** The version window that the stacks state. */
  readonly constraints: string;
}

/**
 * Text of the `.terraform.lock.hcl` that pins providers.
 *
 * It carries no checksums: Terraform fills in those of the package at hand on first use. Given in advance they would
 * refuse packages that are the same release packed another way, as mirrors do.
 */
export function providerLockText(providers: readonly PinnedProvider[]): string {
  const blocks = providers.map(({ registry, name, version, constraints }) =>
    [
      `provider "${registry}/${name}" {`,
      `  version     = "${version}"`,
      `  constraints = "${constraints}"`,
      "}",
      "",
    ].join("\n"),
  );
  return blocks.join("\n");
}

/** True when a lock file pins exactly this release, whatever else Terraform has written into it. */
export function pinsProvider(lockText: string, provider: PinnedProvider): boolean {
  const start = lockText.indexOf(`provider "${provider.registry}/${provider.name}"`);
  if (start === -1) return false;
  const block = lockText.slice(start, lockText.indexOf("\n}", start));
  return (
    new RegExp(`^\\s*version\\s*=\\s*"${provider.version.replaceAll(".", "\\.")}"`, "m").test(block) &&
    block.includes(`"${provider.constraints}"`)
  );
}
