import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pinsProvider, providerLockText } from "./provider-lock";
import type { PinnedProvider } from "./provider-lock";

/** Folder that cdktf runs Terraform in for one stack. */
export function stackFolder(outputFolder: string, stackId: string): string {
  return join(outputFolder, "stacks", stackId);
}

/**
 * Makes the folder of a stack ready for `terraform init`.
 *
 * The provider is pinned. Terraform's copy of the backend settings is dropped: it holds the address of the sandbox of
 * last time, and a differing one makes `init` ask whether to migrate the state. The state itself is in the bucket.
 */
export function prepareStackFolder(folder: string, provider: PinnedProvider): void {
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, ".terraform", "terraform.tfstate"), { force: true });
  const lockFile = join(folder, ".terraform.lock.hcl");
  if (existsSync(lockFile) && pinsProvider(readFileSync(lockFile, "utf8"), provider)) return;
  rmSync(join(folder, ".terraform", "providers"), { recursive: true, force: true });
  writeFileSync(lockFile, providerLockText(provider));
}

/** The state that Terraform could not upload and left behind in the folder, if any. */
export function strandedState(folder: string): string | undefined {
  const file = join(folder, "errored.tfstate");
  return existsSync(file) ? file : undefined;
}

/** Takes a stranded state out of the way and keeps it for inspection. */
export function setStrandedStateAside(file: string, now: Date): string {
  const aside = `${file}.${now.toISOString().replace(/[:.]/g, "-")}`;
  renameSync(file, aside);
  return aside;
}
