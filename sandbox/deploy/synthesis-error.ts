/**
 * What the application said on its error output when it could not be synthesised, from the lines that cdktf prints
 * around it, without the frames of a stack trace. Undefined when synthesis was not the trouble.
 */
export function synthesisError(lines: readonly string[]): string | undefined {
  if (!lines.some((line) => line.includes("cdktf encountered an error while synthesizing"))) return undefined;
  const start = lines.findIndex((line) => line.startsWith("Command output on stderr"));
  const output = lines.slice(start + 1);
  const end = output.findIndex((line) => /^\S/.test(line));
  const said = (end === -1 ? output : output.slice(0, end)).map((line) => line.replace(/^ {4}/, ""));
  const thrown = said.findIndex((line) => /^(\w*Error|Uncaught)\b/.test(line));
  const message = said
    .slice(Math.max(thrown, 0))
    .filter((line) => !/^\s+at |^Node\.js v\d/.test(line))
    .join("\n")
    .trim();
  return start === -1 || message === "" ? lines.join("\n") : message;
}
