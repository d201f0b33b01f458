import { importsOf, resolveImport } from "./imports";
import type { SourceFile } from "./source-file";

/** A row of `architecture/rooms.json`. */
export interface Room {
  readonly name: string;
  /** A folder, or one file. */
  readonly path: string;
  readonly mayImport: readonly string[];
  readonly mayImportTypes?: readonly string[];
  readonly reason: string;
}

export function roomOf(path: string, rooms: readonly Room[]): Room | undefined {
  return rooms.find((room) => path === room.path || path.startsWith(`${room.path}/`));
}

/** Source files outside every room: nothing would say what they may import. Configuration files at the root are of no room. */
export function findHomelessFiles(files: readonly SourceFile[], rooms: readonly Room[]): string[] {
  return files
    .filter((file) => !/^[^/]+\.config\.\w+$/.test(file.path) && !roomOf(file.path, rooms))
    .map((file) => `${file.path} belongs to no room: add its folder to architecture/rooms.json or move the file.`);
}

/** Imports that the table of rooms does not allow. */
export function findForbiddenImports(files: readonly SourceFile[], rooms: readonly Room[]): string[] {
  const paths = new Set(files.map((file) => file.path));
  return files.flatMap((file) => {
    const from = roomOf(file.path, rooms);
    if (!from) return [];
    return importsOf(file).flatMap(({ specifier, place, typeOnly }) => {
      const target = resolveImport(file.path, specifier, paths);
      const to = target === undefined ? undefined : roomOf(target, rooms);
      if (!to || to === from || isAllowed(from, to, typeOnly)) return [];
      return [`${place} imports \`${to.name}\` ("${specifier}"): ${refusal(from, to)}`];
    });
  });
}

function isAllowed(from: Room, to: Room, typeOnly: boolean): boolean {
  const patterns = typeOnly ? [...from.mayImport, ...(from.mayImportTypes ?? [])] : from.mayImport;
  return patterns.some((pattern) => matches(pattern, to));
}

function matches(pattern: string, room: Room): boolean {
  if (pattern === "*") return room.name !== "test";
  if (pattern.endsWith("/*")) return room.name.startsWith(pattern.slice(0, -1));
  return pattern === room.name;
}

function refusal(from: Room, to: Room): string {
  if (from.mayImportTypes?.includes(to.name)) return `\`${from.name}\` may import types of it only: ${from.reason}.`;
  const allowed = [
    ...from.mayImport.map((name) => (name === "*" ? "every room but `test`" : `\`${name}\``)),
    ...(from.mayImportTypes ?? []).map((name) => `types of \`${name}\``),
  ];
  return `\`${from.name}\` may import ${allowed.length === 0 ? "no other room" : allowed.join(", ")}: ${from.reason}.`;
}
