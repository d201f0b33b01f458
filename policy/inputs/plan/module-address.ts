/**
 * Takes an address or a reference apart at its dots. Dots inside of an instance's key are part of the key.
 *
 * @example
 * splitAddress('module.a["x.y"].aws_subnet.b[0].id'); // ["module", 'a["x.y"]', "aws_subnet", "b[0]", "id"]
 */
export function splitAddress(address: string): readonly string[] {
  if (!address.includes("[")) return address.split(".");
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let quoted = false;
  for (let position = 0; position < address.length; position++) {
    const character = address[position];
    if (quoted && character === "\\") position++;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === "[") depth++;
    else if (character === "]") depth--;
    else if (character === "." && depth === 0) {
      parts.push(address.slice(start, position));
      start = position + 1;
    }
  }
  return [...parts, address.slice(start)];
}

/** A name without the key of its instance: `b` of `b[0]`. */
export function withoutKey(name: string): string {
  const bracket = name.indexOf("[");
  return bracket < 0 ? name : name.slice(0, bracket);
}

/**
 * The names of the modules an address runs through, keys of their instances included.
 *
 * @returns the names, and what is left of the address, e.g. `[["a[0]"], ["aws_subnet", "b"]]`
 */
export function splitModules(address: string): readonly [modules: readonly string[], rest: readonly string[]] {
  const parts = splitAddress(address);
  let position = 0;
  while (parts[position] === "module" && position + 1 < parts.length) position += 2;
  return [parts.slice(0, position).filter((_, index) => index % 2 === 1), parts.slice(position)];
}

/** The beginning of the addresses of everything in a module: `module.a[0].`; empty for the root. */
export function modulePrefix(modules: readonly string[]): string {
  return modules.map((name) => `module.${name}.`).join("");
}

/** An address without the key of the resource's own instance; those of its modules stay. */
export function withoutInstance(address: string): string {
  const parts = splitAddress(address);
  return [...parts.slice(0, -1), withoutKey(parts.at(-1) ?? "")].join(".");
}
