import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

/** What the modules of a folder of these tests export under a name, by the name of the module. */
export function gather<Exported>(folder: string, name: string): ReadonlyMap<string, Exported> {
  const path = join(__dirname, "..", folder);
  const load = createRequire(__filename);
  const files = readdirSync(path).filter((file) => /^[a-z0-9-]+\.ts$/.test(file));
  const found = files.flatMap((file) => {
    const exported = (load(join(path, file)) as Readonly<Record<string, Exported>>)[name];
    return exported === undefined ? [] : [[basename(file, ".ts"), exported] as const];
  });
  return new Map(found);
}
