/**
 * Checks that read policies only where HCL's `jsonencode` makes them. CDKTF writes them as text, of which these say nothing or
 * that it passes.
 */
export const POLICY_CHECKS: ReadonlySet<string> = new Set([
  "CKV_AWS_32",
  "CKV_AWS_33",
  "CKV_AWS_93",
  "CKV_AWS_168",
  "CKV_AWS_169",
  "CKV_AWS_286",
  "CKV_AWS_287",
  "CKV_AWS_288",
  "CKV_AWS_289",
  "CKV_AWS_290",
  "CKV_AWS_355",
  "CKV_AWS_387",
]);

/** The resources of a stack that hold a policy, in HCL: their plain arguments, and policies as calls of `jsonencode`. */
export function policiesIn(text: string): readonly string[] {
  const { resource = {} } = JSON.parse(text) as { readonly resource?: Record<string, Record<string, Arguments>> };
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).flatMap(([name, values]) => {
      const written = Object.entries(values).flatMap(([argument, value]) => asArgument(argument, value));
      const holdsPolicy = written.some((line) => line.includes(" = jsonencode("));
      return holdsPolicy ? [`resource "${type}" "${name}" {\n${written.join("\n")}\n}\n`] : [];
    }),
  );
}

type Arguments = Readonly<Record<string, unknown>>;

function asArgument(argument: string, value: unknown): readonly string[] {
  if (typeof value === "object" || argument === "//") return [];
  const policy = typeof value === "string" && value.includes('"Statement"') ? parsed(value) : undefined;
  return [`  ${argument} = ${policy === undefined ? JSON.stringify(value) : `jsonencode(${policy})`}`];
}

/** With a literal for each expression, before which they stop reading; where one stands for a part of the JSON, nothing. */
function parsed(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text)).replace(/\$\{[^}]*\}/g, "arn:aws:s3:::named");
  } catch {
    return undefined;
  }
}
