import { FlightdeckError } from "../../core/errors";

/** Where a query stops being PromQL. */
export interface PromqlPlace {
  /** Line, from 1. */
  readonly line: number;
  /** Column in the line, from 1. */
  readonly column: number;
  /** What stands there, up to 20 characters; empty at the end of the query. */
  readonly text: string;
}

/** A query that is no PromQL. Code `INVALID_PROMQL`. */
export class PromqlSyntaxError extends FlightdeckError {
  /** Where it goes wrong. */
  readonly place: PromqlPlace;

  /**
   * @param query the whole query
   * @param offset characters before the place
   * @param reason what is wrong there
   */
  constructor(query: string, offset: number, reason = "the query is not PromQL") {
    const place = placeOf(query, offset);
    const there = place.text === "" ? "the end of the query" : JSON.stringify(place.text);
    super("INVALID_PROMQL", `${reason} at line ${place.line}, column ${place.column}: ${there}`);
    this.place = place;
  }
}

function placeOf(query: string, offset: number): PromqlPlace {
  const before = query.slice(0, offset).split("\n");
  const line = query.slice(offset).split("\n")[0] ?? "";
  return { line: before.length, column: (before.at(-1) ?? "").length + 1, text: line.slice(0, LONGEST_TEXT) };
}

const LONGEST_TEXT = 20;
