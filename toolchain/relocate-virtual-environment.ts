import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Makes the scripts of a virtual environment, which name its folder by absolute path, right for the folder it moves to. */
export function relocateVirtualEnvironment(from: string, to: string): void {
  const scripts = readdirSync(join(from, "bin"), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(from, "bin", entry.name));
  for (const file of [join(from, "pyvenv.cfg"), ...scripts]) {
    const text = readFileSync(file);
    if (text.includes(0) || !text.includes(from)) continue;
    writeFileSync(file, text.toString("utf8").replaceAll(from, to));
  }
}
