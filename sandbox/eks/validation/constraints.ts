import { apiModel, type ApiShape } from "../model/api-model";
import { fieldRules } from "./field-rules";
import { isObject, type RawInput } from "./read-input";

/**
 * Checks an input against the API model and the rules that the model leaves to the documentation.
 *
 * @returns every violation, in the wording of the API: `Value … at '…' failed to satisfy constraint: …`
 */
export function findViolations(operation: string, input: RawInput): string[] {
  const violations: string[] = [];
  const shape = apiModel.operations[operation]?.input;
  if (shape !== undefined) visit({ operation, violations }, shape, input, "", "");
  return violations;
}

interface Visit {
  readonly operation: string;
  readonly violations: string[];
}

/**
 * @param path place for the reader, e.g. `subnets.2.member`
 * @param rulePath the same without indexes and keys, e.g. `subnets`
 */
function visit(run: Visit, shapeName: string, value: unknown, path: string, rulePath: string): void {
  const shape = apiModel.shapes[shapeName];
  if (shape === undefined) return;
  if (!hasType(shape, value)) {
    report(run, value, path, `Member must be of type ${shape.type}`);
    return;
  }
  checkLimits(run, shape, value, path);
  for (const rule of fieldRules(run.operation, rulePath)) {
    if (typeof value === "string" && !rule.pattern.test(value)) report(run, value, path, rule.says);
    if (rule.max !== undefined && sizeOf(value) > rule.max) report(run, value, path, lengthRule(rule.max, "less"));
  }
  if (shape.type === "structure") visitStructure(run, shape, value as RawInput, path, rulePath);
  if (shape.type === "list") {
    for (const [index, item] of (value as unknown[]).entries())
      visit(run, shape.member ?? "", item, `${path}.${index + 1}.member`, `${rulePath}[]`);
  }
  if (shape.type === "map") {
    for (const [key, item] of Object.entries(value as RawInput)) {
      visit(run, shape.key ?? "", key, `${path}.key`, `${rulePath}.key`);
      visit(run, shape.value ?? "", item, `${path}.${key}.value`, `${rulePath}.value`);
    }
  }
}

function visitStructure(run: Visit, shape: ApiShape, value: RawInput, path: string, rulePath: string): void {
  for (const name of shape.required ?? []) {
    if (value[name] === undefined || value[name] === null)
      report(run, null, join(path, name), "Member must not be null");
  }
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const item = value[name];
    if (item !== undefined && item !== null) visit(run, member.shape, item, join(path, name), join(rulePath, name));
  }
}

function checkLimits(run: Visit, shape: ApiShape, value: unknown, path: string): void {
  const number = typeof value === "number";
  const size = sizeOf(value);
  if (shape.min !== undefined && size < shape.min) {
    report(run, value, path, number ? valueRule(shape.min, "greater") : lengthRule(shape.min, "greater"));
  }
  if (shape.max !== undefined && size > shape.max) {
    report(run, value, path, number ? valueRule(shape.max, "less") : lengthRule(shape.max, "less"));
  }
  if (shape.enum !== undefined && !shape.enum.includes(value as string)) {
    report(run, value, path, `Member must satisfy enum value set: [${shape.enum.join(", ")}]`);
  }
  if (shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`).test(value as string)) {
    report(run, value, path, `Member must satisfy regular expression pattern: ${shape.pattern}`);
  }
}

function report(run: Visit, value: unknown, path: string, rule: string): void {
  const shown = value === null ? "null" : `'${typeof value === "string" ? value : JSON.stringify(value)}'`;
  run.violations.push(`Value ${shown} at '${path.replace(/^\./, "")}' failed to satisfy constraint: ${rule}`);
}

function hasType(shape: ApiShape, value: unknown): boolean {
  switch (shape.type) {
    case "structure":
    case "map":
      return isObject(value);
    case "list":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === shape.type;
  }
}

function sizeOf(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : 0;
}

const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
const valueRule = (limit: number, side: "greater" | "less"): string =>
  `Member must have value ${side} than or equal to ${limit}`;
const lengthRule = (limit: number, side: "greater" | "less"): string =>
  `Member must have length ${side} than or equal to ${limit}`;
