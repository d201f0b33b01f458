import { join } from "node:path";

/** The pinned Python packages of the sandbox. */
export function requirementsFile(root: string): string {
  return join(root, "toolchain", "requirements.txt");
}
