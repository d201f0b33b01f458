import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { pinsProvider, providerLockText } from "./provider-lock";
import type { PinnedProvider } from "./provider-lock";

/** The part of Terraform's copy of the backend settings that says where the state is. */
const backendCopySchema = z.object({
  backend: z.object({ config: z.object({ bucket: z.string(), endpoints: z.object({ s3: z.string() }) }) }),
});

/** Folder that cdktf runs Terraform in for one stack. */
export function stackFolder(outputFolder: string, stackId: string): string {
  return join(outputFolder, "stacks", stackId);
}

/** What the stacks of an environment run with in the sandbox. */
export interface StackSettings {
  readonly providers: readonly PinnedProvider[];
  /** Address of the gateway. */
  readonly endpoint: string;
  /** Bucket of the state. */
  readonly bucket: string;
}

/**
 * Makes the folder of a stack ready for `terraform init`.
 *
 * The providers are pinned. Terraform's copy of the backend settings is dropped when it names another sandbox or bucket: a
 * differing one makes `init` ask whether to migrate the state. The state itself is in the bucket.
 */
export function prepareStackFolder(folder: string, { providers, endpoint, bucket }: StackSettings): void {
  mkdirSync(folder, { recursive: true });
  const backendCopy = join(folder, ".terraform", "terraform.tfstate");
  if (!namesBackend(backendCopy, endpoint, bucket)) rmSync(backendCopy, { force: true });
  const lockFile = join(folder, ".terraform.lock.hcl");
  const lock = existsSync(lockFile) ? readFileSync(lockFile, "utf8") : "";
  if (providers.every((provider) => pinsProvider(lock, provider))) return;
  rmSync(join(folder, ".terraform", "providers"), { recursive: true, force: true });
  writeFileSync(lockFile, providerLockText(providers));
}

function namesBackend(file: string, endpoint: string, bucket: string): boolean {
  if (!existsSync(file)) return false;
  const { success, data } = backendCopySchema.safeParse(parsed(readFileSync(file, "utf8")));
  return success && data.backend.config.bucket === bucket && data.backend.config.endpoints.s3 === endpoint;
}

/** A file that Terraform was killed over is like one that is not there. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
