import model from "./api-model.json";

/** Where a member of a request travels, and under which name when that differs from its own. */
export interface ApiMember {
  readonly shape: string;
  readonly in?: "path" | "query";
  readonly as?: string;
}

/** A type of the API with its constraints. */
export interface ApiShape {
  readonly type: "structure" | "list" | "map" | "string" | "integer" | "boolean";
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, ApiMember>>;
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
  /** Least value of a number, least length of anything else. */
  readonly min?: number;
  /** Greatest value of a number, greatest length of anything else. */
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** An operation; those without `input` are known by name only. */
export interface ApiOperation {
  readonly method: string;
  /** Path template, e.g. `/clusters/{name}`. */
  readonly path: string;
  readonly input?: string;
  /** Exceptions that the operation may answer with. */
  readonly errors?: readonly string[];
}

/** The EKS API as data: see `source` in the file. */
export interface ApiModel {
  readonly asOf: string;
  readonly source: string;
  readonly operations: Readonly<Record<string, ApiOperation>>;
  /** Exception name → HTTP status. */
  readonly errors: Readonly<Record<string, number>>;
  readonly shapes: Readonly<Record<string, ApiShape>>;
}

export const apiModel = model as ApiModel;
