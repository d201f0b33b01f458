import type { Location, LogicalLocation, PhysicalLocation } from "sarif";
import type { SourceLocation } from "../../engine/subject";
import type { DecidedFinding } from "../../enforcement/policy-report";
import { sourceOf } from "./place-name";

/** Name of the folder that all files are relative to; GitHub takes it for the root of the repository. */
export const ROOT_ID = "%SRCROOT%";

/** Where a finding is: the line that defines the thing, and its construct. */
export function findingLocation(finding: DecidedFinding, fallbackFile: string): Location {
  const source = sourceOf(finding) ?? { file: fallbackFile, line: 1, column: 1 };
  return { physicalLocation: physical(source), logicalLocations: [logical(finding)] };
}

/** The lines that call the one that defines it, from the inside out. */
export function relatedLocations({ place: { trace = [] } }: DecidedFinding): Location[] {
  return trace.slice(1).map((source, index) => ({
    id: index + 1,
    physicalLocation: physical(source),
    message: { text: "called from here" },
  }));
}

/**
 * Where a waiver stands, or what a notice is about.
 *
 * @param where `file.ts:12`, `file.ts:12:5`, a file, or the path of a construct
 */
export function whereLocation(where: string): Location {
  const [, file = where, line, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(where) ?? [];
  if (line !== undefined)
    return { physicalLocation: physical({ file, line: Number(line), column: Number(column ?? 1) }) };
  if (/\.\w+$/.test(where)) return { physicalLocation: { artifactLocation: artifact(where) } };
  return { logicalLocations: [{ fullyQualifiedName: where, kind: "construct" }] };
}

function physical({ file, line, column }: SourceLocation): PhysicalLocation {
  return {
    artifactLocation: artifact(file),
    region: { startLine: Math.max(1, line), startColumn: Math.max(1, column) },
  };
}

function artifact(file: string): { readonly uri: string; readonly uriBaseId: string } {
  const relative = file.replaceAll("\\", "/").replace(/^(\.?\/)+/, "");
  return { uri: relative.split("/").map(encodeURIComponent).join("/"), uriBaseId: ROOT_ID };
}

function logical({ place, subject }: DecidedFinding): LogicalLocation {
  const kind = place.path === undefined ? "resource" : "construct";
  return { name: subject, fullyQualifiedName: place.path ?? `${place.stack}/${place.address}`, kind };
}
