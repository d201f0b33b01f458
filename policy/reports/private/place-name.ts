import type { SourceLocation } from "../../engine/subject";
import type { DecidedFinding } from "../../enforcement/policy-report";

/**
 * What a reader calls the thing that was judged: the path of its construct, or its address where there is none; before that the
 * name of an object that a resource brings.
 */
export function placeName({ place, subject }: DecidedFinding): string {
  const { stack, address, path } = place;
  // A rule for the whole environment that threw before it named anything in it.
  if (stack === address && path === undefined) return subject;
  const where = path ?? `${stack}: ${address}`;
  if (subject === address) return where;
  const bringsItself = path === undefined && address.startsWith(`${subject.split(" ")[0]}/`);
  if (!bringsItself) return `${subject} in ${where}`;
  // The file it stands in is named with the line.
  return place.trace?.[0]?.file === stack ? subject : `${stack}: ${subject}`;
}

/** The line that defines it: the innermost place in the project. */
export function sourceOf({ place }: DecidedFinding): SourceLocation | undefined {
  return place.trace?.[0];
}

/** `stacks/data-stack.ts:31` */
export function fileAndLine({ file, line }: SourceLocation): string {
  return `${file}:${line}`;
}
