import type { SourceLocation } from "../../engine/subject";

/** What CDKTF writes down about a resource beside its arguments. */
export interface CdktfMetadata {
  /** Path in the tree of constructs. */
  readonly path?: string;
  /** Where it was defined, the innermost place first. */
  readonly trace?: readonly SourceLocation[];
}

/**
 * Reads the `//` of a resource.
 *
 * @param root absolute path of the project: only places in it count, and are relative to it
 */
export function readMetadata(comment: unknown, root: string | undefined): CdktfMetadata {
  const metadata = entryOf(comment, "metadata");
  const path = entryOf(metadata, "path");
  const frames = entryOf(metadata, "stackTrace");
  const trace = root === undefined || !Array.isArray(frames) ? [] : readTrace(frames, root);
  return { ...(typeof path === "string" && { path }), ...(trace.length > 0 && { trace }) };
}

/** The end of `new Store (/app/store.ts:12:5)`, `/app/main.ts:3:1`, `async file:///app/main.ts:3:1`. */
const POSITION = /:(\d+):(\d+)\)?$/;
/** What stands before the path of a frame, and how an absolute path begins. */
const BEGINNING = /(?:^|[ (])(?=file:\/\/|\/|[A-Za-z]:[\\/])/;

function readTrace(frames: readonly unknown[], root: string): readonly SourceLocation[] {
  const folder = `${slashed(root).replace(/\/+$/, "")}/`;
  return frames.flatMap((frame) => {
    const text = typeof frame === "string" && frame.length <= LONGEST_FRAME ? frame.trim() : "";
    const found = POSITION.exec(text);
    const beginning = BEGINNING.exec(text);
    if (found === null || beginning === null) return [];
    const file = pathOf(text.slice(beginning.index + beginning[0].length, found.index));
    if (!file.startsWith(folder) || file.includes("/node_modules/")) return [];
    return [{ file: file.slice(folder.length), line: Number(found[1]), column: Number(found[2]) }];
  });
}

/** Beyond this a frame is none: paths of common systems have at most 4096 characters. */
const LONGEST_FRAME = 8192;

function pathOf(place: string): string {
  if (!place.startsWith("file://")) return slashed(place);
  const path = place.slice("file://".length);
  try {
    return decodeURIComponent(/^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path);
  } catch {
    return path;
  }
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

function entryOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
