import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

/** The release of CDK Terrain, the successor of CDKTF, that the switch is proven with. */
const CDK_TERRAIN = "npm:cdktn@0.24.0";

/** The parts of a package.json that the switch touches. */
export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/**
 * The same package.json with CDK Terrain under the name of CDKTF. Provider packages ask for `cdktf` themselves, so each gets
 * an override: two cores beside each other cannot synthesise. The command line of CDKTF is not switched, its successor needs Node 22.
 */
export function switchToCdkTerrain<M extends Manifest>(manifest: M): M {
  const providers = Object.keys(manifest.dependencies).filter((name) => name.startsWith("@cdktf/provider-"));
  return {
    ...manifest,
    dependencies: { ...manifest.dependencies, cdktf: CDK_TERRAIN },
    overrides: { ...manifest.overrides, ...Object.fromEntries(providers.map((name) => [name, { cdktf: "$cdktf" }])) },
  };
}

if (require.main === module) {
  const path = resolve(__dirname, "../package.json");
  const switched = switchToCdkTerrain(JSON.parse(readFileSync(path, "utf8")) as Manifest);
  writeFileSync(path, `${JSON.stringify(switched, null, 2)}\n`);
  process.stdout.write("package.json now names CDK Terrain; `npm install` brings it, `npm test` checks it.\n");
}
