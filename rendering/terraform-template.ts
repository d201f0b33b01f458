/** A piece of a Terraform template: text, or an expression. */
export type TemplatePiece = { readonly text: string } | { readonly expression: string };

/**
 * Takes a Terraform template apart. `$${` and `%%{` are the texts `${` and `%{`; a directive `%{…}` counts as an
 * expression, since only Terraform can tell its value.
 *
 * @example
 * parseTemplate("arn:${aws_kms_key.K.arn}"); // [{ text: "arn:" }, { expression: "aws_kms_key.K.arn" }]
 */
export function parseTemplate(template: string): TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let text = "";
  let position = 0;
  while (position < template.length) {
    const [first, second, third] = template.slice(position, position + 3);
    const marked = first === "$" || first === "%";
    if (marked && second === first && third === "{") {
      text += `${first}{`;
      position += 3;
    } else if (marked && second === "{") {
      const end = endOfExpression(template, position + 2);
      const inner = template.slice(position + 2, end - 1);
      if (text !== "") pieces.push({ text });
      text = "";
      pieces.push({ expression: first === "$" ? inner.trim() : template.slice(position, end) });
      position = end;
    } else {
      text += first ?? "";
      position++;
    }
  }
  if (text !== "") pieces.push({ text });
  return pieces;
}

/** How an expression is written in a template. */
export function writeExpression(expression: string): string {
  return expression.startsWith("%{") ? expression : `\${${expression}}`;
}

/** Position behind the brace that closes an expression. Braces and quotes inside of strings in it do not count. */
function endOfExpression(template: string, start: number): number {
  let depth = 1;
  let quoted = false;
  for (let position = start; position < template.length; position++) {
    const character = template[position];
    if (quoted && character === "\\") position++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === "{") depth++;
    else if (!quoted && character === "}" && --depth === 0) return position + 1;
  }
  return template.length;
}
