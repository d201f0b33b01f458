import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Above the descriptors that a shell uses by itself. */
const DESCRIPTOR = 9;

/** What is put into the cache folder. */
export interface Relocation {
  /** Path of the unpacked program. */
  readonly program: string;
  /** Folder that it reads from, as it names it: `/usr/share/x`. */
  readonly named: string;
  /** Where that folder was unpacked. */
  readonly unpacked: string;
  /** Path that it is to be run by. */
  readonly target: string;
}

/**
 * Makes a program of a package run without its package being installed, though it reads from a folder of the system: in the
 * copy, the name of the folder becomes one of the same length that leads to an open descriptor (`/proc/self/fd/9`), and a
 * script opens the unpacked folder there. Names may be no longer than they were, so the folder's real name would not do.
 */
export function relocateProgram({ program, named, unpacked, target }: Relocation): void {
  const binary = readFileSync(program);
  const name = Buffer.from(named);
  const replacement = Buffer.from(`/proc/self/fd/${DESCRIPTOR}`.padEnd(name.length, "/"));
  for (let at = binary.indexOf(name); at !== -1; at = binary.indexOf(name, at + 1)) replacement.copy(binary, at);
  const folder = `${target}.share`;
  const copy = `${target}.bin`;
  rmSync(folder, { recursive: true, force: true });
  if (existsSync(unpacked)) cpSync(unpacked, folder, { recursive: true });
  writeFileSync(copy, binary);
  const script = ["#!/bin/sh", `exec ${DESCRIPTOR}<'${folder}'`, `exec '${copy}' "$@"`, ""].join("\n");
  const written = join(program, "..", "script");
  writeFileSync(written, script);
  for (const file of [copy, written]) chmodSync(file, 0o755);
  renameSync(written, target);
}
