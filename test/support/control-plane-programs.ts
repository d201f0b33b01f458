import { homedir } from "node:os";
import { join } from "node:path";
import { sandboxPrograms } from "../../catalog";
import { findControlPlane } from "../../toolchain";
import type { ControlPlanePrograms } from "../../toolchain/control-plane";

/**
 * The programs of the control plane for proofs, as the product finds them. Proofs run after `npm run sandbox:tools`,
 * which puts them in place.
 */
export async function controlPlanePrograms(): Promise<ControlPlanePrograms> {
  const { programs, missing } = await findControlPlane({
    host: { env: process.env, home: homedir(), platform: process.platform, arch: process.arch },
    pins: sandboxPrograms,
    moduleFolder: join(__dirname, "..", "..", "tools"),
  });
  if (programs !== undefined) return programs;
  throw new Error(`No ${missing.join(", ")} on this machine: run \`npm run sandbox:tools\` first`);
}
