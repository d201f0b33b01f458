import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "./input-error";
import type { SynthesizedModule } from "./synthesis";

const CDKTF_FILE = "cdk.tf.json";

/** Terraform's own language is read by Terraform alone, which tells in a plan what it comes to. */
const OWN_LANGUAGE = "Terraform's own language, which is judged by its plan (--plan)";

/** Values of variables that Terraform takes by itself in place of their defaults. */
const VALUES = /^(terraform|.*\.auto)\.tfvars$/;

/**
 * Finds Terraform's JSON: one file, CDKTF's output folder with all its stacks, or a folder with `*.tf.json`; where a folder is
 * both, its stacks and itself.
 *
 * @param path absolute
 * @param shown the path as it was given, for messages
 * @throws {InputError} when there is nothing of the kind; Terraform's own language is not read, and that is said
 */
export function findSynthesis(path: string, shown: string): readonly SynthesizedModule[] {
  if (!existsSync(path)) throw new InputError([`${shown}: there is no such file or folder`]);
  if (!statSync(path).isDirectory()) return [oneFile(path, shown)];
  const stacks = [join(path, "stacks"), path].flatMap((folder) => foldersIn(folder));
  const cdktf = stacks.filter((folder) => isFile(join(folder, CDKTF_FILE)));
  const modules = cdktf.map((folder) => oneFolder(folder, join(shown, folder.slice(path.length))));
  if (jsonIn(path).length > 0) modules.push(oneFolder(path, shown));
  if (modules.length > 0) return modules;
  const own = ownLanguage(path);
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
  const files = jsonIn(folder).map((name) => textOf(folder, shown, name));
  const unread = [...ownLanguage(folder), ...namesIn(folder, VALUES)];
  const values = valuesIn(folder);
  return {
    ...{ id: basename(folder), files, folder },
    ...(unread.length > 0 && { unread }),
    ...(values.length > 0 && { values: values.map((name) => textOf(folder, shown, name)) }),
  };
}

function textOf(folder: string, shown: string, name: string): { readonly file: string; readonly text: string } {
  return { file: join(shown, name), text: readFileSync(join(folder, name), "utf8") };
}

/** Terraform takes `terraform.tfvars.json` first, and the others over it by name. */
function valuesIn(folder: string): readonly string[] {
  return [...namesIn(folder, /^terraform\.tfvars\.json$/), ...namesIn(folder, /\.auto\.tfvars\.json$/)];
}

function foldersIn(folder: string): readonly string[] {
  if (!isFolder(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter(isFolder)
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
    .filter((name) => pattern.test(name) && isFile(join(folder, name)))
    .sort();
}

/** Also behind a symbolic link; one that leads nowhere is neither folder nor file. */
function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
