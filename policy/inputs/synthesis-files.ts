import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "./input-error";
import type { SynthesizedModule } from "./synthesis";

const CDKTF_FILE = "cdk.tf.json";

/** Terraform's own language is read by Terraform alone, which tells in a plan what it comes to. */
const OWN_LANGUAGE = "Terraform's own language, which is judged by its plan (--plan)";

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
  const stacks = [join(path, "stacks"), path].flatMap((folder) => foldersIn(folder));
  const cdktf = stacks.filter((folder) => existsSync(join(folder, CDKTF_FILE)));
  if (cdktf.length > 0) return cdktf.map((folder) => oneFolder(folder, join(shown, folder.slice(path.length))));
  const own = ownLanguage(path);
  if (jsonIn(path).length > 0) return [oneFolder(path, shown)];
  const hcl = own.length > 0 ? own : stacks.flatMap(ownLanguage);
  const count = hcl.length === 1 ? "1 file" : `${hcl.length} files`;
  const found = hcl.length > 0 ? `${count} in ${OWN_LANGUAGE}` : "none";
  throw new InputError([`${shown}: must hold *.tf.json or the stacks of CDKTF, and holds ${found}`]);
}

function oneFile(path: string, shown: string): SynthesizedModule {
  const name = basename(path);
  if (/\.(tf|tofu)$/.test(name)) throw new InputError([`${shown}: must be JSON, and is in ${OWN_LANGUAGE}`]);
  const folder = dirname(path);
  const id = name === CDKTF_FILE ? basename(folder) : name.replace(/(\.(tf|tofu))?\.json$/, "");
  return { id, files: [{ file: shown, text: readFileSync(path, "utf8") }], folder };
}

function oneFolder(folder: string, shown: string): SynthesizedModule {
  const files = jsonIn(folder).map((name) => ({
    file: join(shown, name),
    text: readFileSync(join(folder, name), "utf8"),
  }));
  const unread = ownLanguage(folder);
  return { id: basename(folder), files, folder, ...(unread.length > 0 && { unread }) };
}

function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .sort();
}

function jsonIn(folder: string): readonly string[] {
  return namesIn(folder, /\.(tf|tofu)\.json$/);
}

function ownLanguage(folder: string): readonly string[] {
  return namesIn(folder, /\.(tf|tofu)$/);
}

function namesIn(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .sort();
}
