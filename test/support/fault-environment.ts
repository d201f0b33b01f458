import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { ROOT } from "./platform";
import { temporaryFolder } from "./temporary-folder";

interface Written {
  readonly data?: object;
  readonly podRoles: Readonly<Record<string, object>>;
}

/**
 * A copy of the environment files that holds atlas/dev alone, without database and cache: the provider waits for those by the
 * clock, whatever the API says, and faults are to hit a deploy often and in all its parts.
 *
 * @returns the folder, for `FLIGHTDECK_CONFIG_ROOT`
 */
export function environmentForFaults(): string {
  const file = "config/environments/atlas/dev.yaml";
  const written = parse(readFileSync(join(ROOT, file), "utf8")) as Written;
  const without = { database: { enabled: false }, cache: { enabled: false } };
  const roles = Object.entries(written.podRoles).map(([name, role]) => [
    name,
    { ...role, database: false, cache: false },
  ]);
  const root = temporaryFolder();
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(
    join(root, file),
    stringify({ ...written, data: { ...written.data, ...without }, podRoles: Object.fromEntries(roles) as object }),
  );
  return root;
}

/** Rewrites the file of an environment, as a user who edits it. */
export function changeEnvironment(
  root: string,
  id: string,
  change: (written: Readonly<Record<string, unknown>>) => object,
): void {
  const file = join(root, "config/environments", `${id}.yaml`);
  writeFileSync(file, stringify(change(parse(readFileSync(file, "utf8")) as Record<string, unknown>)));
}
