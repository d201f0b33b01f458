import { Token } from "cdktf";

const TEXT_REFERENCE = /(\$\{TfToken\[[a-zA-Z0-9:._-]+\]\})/;
const OTHER_REFERENCE = /[#&]\{TfToken\[/;
/** What starts a template of Terraform; also a `$` or `%` right before a reference, which would escape it. */
const TEMPLATE_START = /[$%](?=\{|$)/g;
/** Helm reads values as YAML and prints them as YAML: these come out as other characters or not at all, halves of pairs too. */
const NOT_CARRIED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;

/** A value that cannot stand in Helm values, and why. */
export interface UnprintableValue {
  /** Path of the value, such as `pools[0].size`. */
  readonly path: string;
  /** What it must be instead, starting with a verb. */
  readonly rule: string;
  /** What it is, in words. */
  readonly got: string;
}

/**
 * Values of a Helm release as one line of JSON, which is YAML too. References to other resources stay references: Terraform
 * puts their text in as it is, so they may stand for text without quotes and backslashes only, such as ARNs, names and
 * addresses. A `${` or `%{` that is not a reference is written with JSON's escape for `$` or `%`: Terraform does not take it
 * for a template, and whoever parses the JSON gets back what was given. Terraform brings text to Unicode's composed form (NFC), as it does with all text.
 */
export function valuesJson(values: unknown): string {
  return JSON.stringify(values, textForReferences)
    .split(TEXT_REFERENCE)
    .map((part) => (TEXT_REFERENCE.test(part) ? part : part.replace(TEMPLATE_START, unicodeEscape)))
    .join("");
}

/** What `valuesJson` could not write so that Helm reads it as it was given. */
export function unprintableValues(value: unknown, path = ""): UnprintableValue[] {
  const problem = unprintable(value);
  if (problem !== undefined) return [{ path, ...problem }];
  if (typeof value !== "object" || value === null || isReferenceObject(value)) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => unprintableValues(item, `${path}[${index}]`));
  return Object.entries(value).flatMap(([key, item]) => {
    const place = path === "" ? key : `${path}.${key}`;
    const ofKey = unprintableText(key);
    return [...(ofKey === undefined ? [] : [{ path: place, ...ofKey }]), ...unprintableValues(item, place)];
  });
}

/** Whether a value stands for text that is known only after apply. */
export function isReference(value: unknown): boolean {
  return isReferenceObject(value) || (typeof value === "string" && TEXT_REFERENCE.test(value));
}

const NOT_TEXT = {
  rule: "must not be a number, list or map that is known only after apply: only text can be",
  got: "a value known only after apply",
};

function unprintable(value: unknown): Omit<UnprintableValue, "path"> | undefined {
  if (typeof value === "number") {
    if (Token.isUnresolved(value)) return NOT_TEXT;
    return Number.isFinite(value) ? undefined : { rule: "must be a finite number", got: String(value) };
  }
  if (typeof value === "string") return unprintableText(value);
  if (!["bigint", "function", "symbol"].includes(typeof value)) return undefined;
  return { rule: "must be text, a number, true, false, null, a list or a map", got: `a ${typeof value}` };
}

function unprintableText(text: string): Omit<UnprintableValue, "path"> | undefined {
  if (OTHER_REFERENCE.test(text)) return NOT_TEXT;
  const [character] = NOT_CARRIED.exec(text) ?? [];
  if (character === undefined) return undefined;
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return { rule: "must be text that Helm can carry", got: `text with the character U+${code}` };
}

/** A lazy value or an expression: what CDKTF resolves at synthesis. */
function isReferenceObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Token.isUnresolved(value) && !Array.isArray(value);
}

/** For JSON.stringify: what it passes as the value has gone through `toJSON`, which a reference uses to hide itself. */
function textForReferences(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const given = this[key];
  return isReferenceObject(given) ? Token.asString(given) : value;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
