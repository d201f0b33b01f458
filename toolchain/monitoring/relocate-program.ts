import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ToolchainError } from "../toolchain-error";

/** Above the descriptors that a shell uses by itself. */
const DESCRIPTOR = 9;

/** What is put into the cache folder. */
export interface Relocation {
  /** Path of the unpacked program; what is made is made beside it first, so it is on the file system of the target. */
  readonly program: string;
  /** Package that it comes from. */
  readonly debianPackage: string;
  /** Folder that it reads from, as it names it: `/usr/share/x`. */
  readonly named: string;
  /** How often it is known to name the folder. */
  readonly times: number;
  /** Where that folder was unpacked. */
  readonly unpacked: string;
  /** Path that it is to be run by. */
  readonly target: string;
}

/**
 * Makes a program of a package run without its package being installed, though it reads from a folder of the system: in the
 * copy, the name of the folder becomes one of the same length that leads to an open descriptor (`/proc/self/fd/9`), and a
 * script opens the unpacked folder there. Names may be no longer than they were, so the folder's real name would not do.
 *
 * Copies with other contents have other names and none is ever changed, so what another process runs stays as it is.
 *
 * @throws ToolchainError `PROGRAM_NOT_RELOCATABLE` when the program names the folder more or less often than is known: what
 * the names stand for is unknown then
 */
export function relocateProgram(relocation: Relocation): void {
  const { program, unpacked, target } = relocation;
  const binary = renamed(readFileSync(program), relocation);
  const made = `${program}.relocated`;
  mkdirSync(join(made, "share"), { recursive: true });
  if (existsSync(unpacked)) cpSync(unpacked, join(made, "share"), { recursive: true });
  writeFileSync(join(made, "program"), binary);
  const folder = `${target}-${createHash("sha256").update(binary).digest("hex").slice(0, 12)}`;
  const share = quoted(join(folder, "share"));
  const lines = ["#!/bin/sh", `exec ${DESCRIPTOR}<${share}`, `exec ${quoted(join(folder, "program"))} "$@"`, ""];
  const script = `${program}.script`;
  writeFileSync(script, lines.join("\n"));
  for (const file of [join(made, "program"), script]) chmodSync(file, 0o755);
  renameUnlessThere(made, folder);
  renameSync(script, target);
}

function renamed(binary: Buffer, { program, debianPackage, named, times }: Relocation): Buffer {
  const name = Buffer.from(named);
  const replacement = Buffer.from(`/proc/self/fd/${DESCRIPTOR}`.padEnd(name.length, "/"));
  let found = 0;
  for (let at = binary.indexOf(name); at !== -1; at = binary.indexOf(name, at + name.length)) {
    replacement.copy(binary, at);
    found += 1;
  }
  if (found === times) return binary;
  throw new ToolchainError(
    "PROGRAM_NOT_RELOCATABLE",
    `${basename(program)} of the package ${debianPackage} names ${named} ${found} times instead of ${times}, so it cannot be run without being installed: sudo apt-get update && sudo apt-get install -y ${debianPackage}`,
  );
}

/** A folder with that name has the same contents, since its name tells them, and all of them, since it came about at once. */
function renameUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/** One word of a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
