import { nearestName } from "./nearest-name";

const CODE = "UNKNOWN_NAME";
const MOST_SHOWN = 8;

/** A name that the catalogue does not hold, with the nearest it does hold. */
export class UnknownNameError extends Error {
  readonly code: string = CODE;
  /** What was looked for, as in `instance type`. */
  readonly kind: string;
  /** The name that was not found. */
  readonly unknownName: string;
  /** The known name it most likely means; `undefined` when none is near. */
  readonly nearest: string | undefined;
  /** Some known names, at most eight, those of the same family first. */
  readonly allowed: readonly string[];

  constructor(kind: string, unknownName: string, known: readonly string[]) {
    const nearest = nearestName(unknownName, known);
    const allowed = someOf(unknownName, known);
    const hint = nearest === undefined ? "" : `, did you mean "${nearest}"?`;
    super(`unknown ${kind} "${unknownName}"${hint}; allowed: ${listText(allowed, known.length)}`);
    this.name = "UnknownNameError";
    this.kind = kind;
    this.unknownName = unknownName;
    this.nearest = nearest;
    this.allowed = allowed;
  }
}

function someOf(name: string, known: readonly string[]): readonly string[] {
  if (known.length <= MOST_SHOWN) return known;
  const family = name.split(".")[0];
  const relatives = known.filter((candidate) => candidate.split(".")[0] === family);
  return [...new Set([...relatives, ...known])].slice(0, MOST_SHOWN);
}

function listText(shown: readonly string[], total: number): string {
  return shown.length < total ? `for example ${shown.join(", ")}` : shown.join(", ");
}
