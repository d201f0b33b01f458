import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "../../toolchain";

/**
 * The `moto_server` program for proofs: of `FLIGHTDECK_TEST_MOTO`, else of a virtual environment that the toolchain has
 * built. Proofs run after the set-up, which builds one.
 */
export function motoServer(): string {
  const named = process.env["FLIGHTDECK_TEST_MOTO"];
  if (named !== undefined) return named;
  const cache = cacheFolder({ env: process.env, home: homedir(), platform: process.platform, arch: process.arch });
  const built = existsSync(cache) ? readdirSync(cache).filter((name) => /^venv-[0-9a-f]+$/.test(name)) : [];
  const program = built.map((name) => join(cache, name, "bin", "moto_server")).find((path) => existsSync(path));
  if (program !== undefined) return program;
  throw new Error(`No moto_server in ${cache}: run \`npm start\` once, or name one in FLIGHTDECK_TEST_MOTO`);
}
