import type { Node } from "./node";
import { parseTemplate } from "./parse-template";
import { TemplateError } from "./template-error";

/** A piece of a template: a text as it will be, or an expression or directive with the braces around it. */
export type TemplatePiece = { readonly text: string } | { readonly expression: string };

/** Whether a text may hold expressions or escapes, so that it has to be read as a template. */
export function mayBeTemplate(text: string): boolean {
  return text.includes("${") || text.includes("%{");
}

/**
 * Takes a template apart.
 *
 * @example
 * piecesOf("arn:${aws_kms_key.K.arn}"); // [{ text: "arn:" }, { expression: "${aws_kms_key.K.arn}" }]
 * @throws {TemplateError} when Terraform could not read it either
 */
export function piecesOf(template: string): readonly TemplatePiece[] {
  if (!mayBeTemplate(template)) return template === "" ? [] : [{ text: template }];
  return parseTemplate(template).parts.map((part) =>
    part.kind === "literal" ? { text: String(part.value) } : { expression: template.slice(part.from, part.to) },
  );
}

/** Writes a text so that Terraform reads it as that text. */
export function escapeTemplate(text: string): string {
  return mayBeTemplate(text) ? text.replace(/[$%](?=\{)/g, "$&$&") : text;
}

/** Like {@link piecesOf}, and undefined for a text that Terraform could not read. */
export function tryPiecesOf(template: string): readonly TemplatePiece[] | undefined {
  try {
    return piecesOf(template);
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}

/** Whether a template is one expression and nothing else, so that its value is the value of the expression. */
export function isWhole(template: string | undefined): boolean {
  if (template === undefined) return true;
  if (!template.startsWith("${") || !template.endsWith("}")) return false;
  if (PLAIN_REFERENCE.test(template)) return true;
  return tryPiecesOf(template)?.length === 1;
}

/** Whether a template is one reference and nothing else: no function around it, no condition and no text beside it. */
export function isBareReference(template: string): boolean {
  if (PLAIN_REFERENCE.test(template)) return true;
  const expression = onlyExpression(template);
  return expression?.kind === "reference";
}

/** The expression that a template is as a whole; undefined where there is more than one piece, or none that can be read. */
export function onlyExpression(template: string): Node | undefined {
  try {
    const [part, ...others] = parseTemplate(template).parts;
    return part?.kind === "interpolation" && others.length === 0 ? part.expression : undefined;
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}

/** A reference without quotes in it, which nearly all are. */
const PLAIN_REFERENCE = /^\$\{[\w.\-[\]*]+\}$/;
