import { PolicyInputError } from "../policy-input-error";
import type { SourceText } from "./read-yaml";
import { reasonOf } from "../reason-of";

/**
 * Reads JSON. Places in it are told by path, not by line.
 *
 * @throws PolicyInputError when it is no JSON
 */
export function readJson(text: string, file: string): SourceText {
  try {
    return { value: JSON.parse(text) as unknown, whereIs: () => file };
  } catch (error) {
    throw new PolicyInputError([{ where: file, message: `must be valid JSON: ${reasonOf(error)}` }]);
  }
}
