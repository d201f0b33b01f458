import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { InputError } from "./input-error";
import type { SynthesizedModule } from "./synthesis";

const CDKTF_FILE = "cdk.tf.json";

/**
 * Finds Terraform's JSON: one file, CDKTF's output folder with all its stacks, or a folder with `*.tf.json`.
 *
 * @param path absolute
 * @param shown the path as it was given, for messages
 * @throws {InputError} when there is nothing of the kind; Terraform's own language is not read, and that is said
 */
export function findSynthesis(path: string, shown: string): readonly SynthesizedModule[] {
  if (!existsSync(path)) throw new InputError([`${shown}: there is no such file or folder`]);
  if (!statSync(path).isDirectory()) return [oneFile(path, shown)];
  const parent = join(path, "stacks");
  const cdktf = [parent, path].flatMap((folder) => stacksIn(folder, shown));
  if (cdktf.length > 0) return cdktf;
  const names = readdirSync(path).sort();
  const json = names.filter((name) => name.endsWith(".tf.json"));
  if (json.length > 0) {
    const files = json.map((name) => ({ file: join(shown, name), text: readFileSync(join(path, name), "utf8") }));
    return [{ id: json[0] === CDKTF_FILE ? basename(path) : shown, files, folder: path }];
  }
  const hcl = names.filter((name) => name.endsWith(".tf")).length;
  const found = hcl > 0 ? `${hcl} files in Terraform's own language, which are judged by their plan (--plan)` : "none";
  throw new InputError([`${shown}: must hold *.tf.json or the stacks of CDKTF, and holds ${found}`]);
}

function oneFile(path: string, shown: string): SynthesizedModule {
  const id = basename(path) === CDKTF_FILE ? basename(join(path, "..")) : basename(path).replace(/(\.tf)?\.json$/, "");
  return { id, files: [{ file: shown, text: readFileSync(path, "utf8") }], folder: join(path, "..") };
}

function stacksIn(folder: string, shown: string): readonly SynthesizedModule[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, CDKTF_FILE)))
    .map(({ name }) => {
      const file = join(shown, basename(folder) === "stacks" ? join("stacks", name) : name, CDKTF_FILE);
      const text = readFileSync(join(folder, name, CDKTF_FILE), "utf8");
      return { id: name, files: [{ file, text }], folder: join(folder, name) };
    })
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}
