import { apiModel, type ApiMember } from "../model/api-model";

/** The members of a request, wherever they travelled; values are as yet unchecked. */
export type RawInput = Record<string, unknown>;

/**
 * Gathers the members of an operation's input from path, query and body.
 *
 * @param operation name of an operation whose input the model knows
 * @param params decoded path parameters
 * @param query query string; numbers, booleans and lists in it get their type from the model
 * @param body parsed JSON body
 */
export function readInput(
  operation: string,
  params: Readonly<Record<string, string>>,
  query: URLSearchParams,
  body: unknown,
): RawInput {
  const shape = apiModel.shapes[apiModel.operations[operation]?.input ?? ""];
  const members = Object.entries(shape?.members ?? {});
  const source = isObject(body) ? body : {};
  const input: RawInput = {};
  for (const [name, member] of members) {
    const value = readMember(name, member, params, query, source);
    if (value !== undefined && value !== null) input[name] = value;
  }
  return input;
}

/** @returns whether the value is a JSON object (no array, no null) */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readMember(
  name: string,
  member: ApiMember,
  params: Readonly<Record<string, string>>,
  query: URLSearchParams,
  body: Record<string, unknown>,
): unknown {
  const key = member.as ?? name;
  if (member.in === "path") return params[key];
  if (member.in === "query") return query.has(key) ? typed(member.shape, query.getAll(key)) : undefined;
  return body[key];
}

function typed(shapeName: string, values: readonly string[]): unknown {
  const shape = apiModel.shapes[shapeName];
  const [first = ""] = values;
  if (shape?.type === "list") return [...values];
  if (shape?.type === "integer") return /^-?\d+$/.test(first) ? Number(first) : first;
  if (shape?.type === "boolean") return first === "true" ? true : first === "false" ? false : first;
  return first;
}
