/** What the templates of a chart say of its values. */
export interface TemplateValues {
  /** Paths that they read, as lists of keys. */
  readonly read: readonly (readonly string[])[];
  /** Paths that they print or walk through whole, so that any keys are right below them. */
  readonly printed: readonly (readonly string[])[];
  /** Paths that they ask for with `required`, whatever else is set. */
  readonly required: readonly (readonly string[])[];
}

type Path = readonly string[];

const COMMENT = /\{\{-?\s*\/\*[^]*?\*\/\s*-?\}\}/g;
const ACTION = /\{\{-?\s*([^]*?)\s*-?\}\}/g;
const FIELD = /(?<![\w)\]"`])(\$?\.Values|\$\w*)?((?:\.[A-Za-z_][\w-]*)+)/g;
const INDEXED = /\bindex\s+\$?\.Values((?:\.[A-Za-z_][\w-]*)*)((?:\s+"[^"]+")+)/g;
const TEXT = /"(?:[^"\\]|\\.)*"|`[^`]*`/g;
const PRINTS_WHOLE = /\b(toYaml|toJson|toPrettyJson|mustToJson|toToml|merge|mergeOverwrite|deepCopy|omit|pick|keys)\b/;

/**
 * Reads the paths of values out of templates: `.Values.a.b`, `index .Values "a" "b"`, and what is written relative to a `with`
 * or a `range`. What a template is handed by another one under another name is not followed.
 */
export function templateValues(templates: readonly string[]): TemplateValues {
  const reader = new TemplateReader();
  templates.forEach((text) => reader.readTemplate(text));
  return reader;
}

class TemplateReader implements TemplateValues {
  readonly read: Path[] = [];
  readonly printed: Path[] = [];
  readonly required: Path[] = [];

  readTemplate(text: string): void {
    /** The value that `.` stands for in each open block; undefined: something else than a value. */
    const blocks: (Path | undefined)[] = [];
    for (const [, action = ""] of text.replace(COMMENT, "").matchAll(ACTION)) {
      const here = blocks.at(-1);
      const [word] = /^\w+/.exec(action) ?? [];
      const paths = this.pathsOf(action, here);
      this.read.push(...paths);
      if (PRINTS_WHOLE.test(action)) this.printed.push(...paths, ...wholeDot(action, here));
      if (blocks.length === 0 && action.includes("required ")) this.required.push(...paths.slice(-1));
      if (word === "end") blocks.pop();
      else if (word === "with" || word === "range") blocks.push(this.enter(action, paths));
      else if (word === "if" || word === "define" || word === "block") blocks.push(word === "if" ? here : undefined);
    }
  }

  /** Inside `with` and inside a `range` over a map, `.` is the value; inside a `range` over a list it is an item. */
  private enter(action: string, paths: readonly Path[]): Path | undefined {
    if (!action.startsWith("range")) return paths[0];
    this.printed.push(...paths);
    return undefined;
  }

  private pathsOf(action: string, here: Path | undefined): Path[] {
    const indexed = [...action.matchAll(INDEXED)].map(([, fields = "", keys = ""]) => [
      ...keysOf(fields),
      ...[...keys.matchAll(/"([^"]+)"/g)].map(([, key = ""]) => key),
    ]);
    const fields = [...action.replace(TEXT, '""').matchAll(FIELD)].flatMap(([, start, keys = ""]) => {
      if (start?.endsWith(".Values")) return [keysOf(keys)];
      if (keys.startsWith(".Values.")) return [keysOf(keys).slice(1)];
      return start === undefined && here !== undefined ? [[...here, ...keysOf(keys)]] : [];
    });
    return [...indexed, ...fields];
  }
}

/** `toYaml .` prints all of what `.` stands for. */
function wholeDot(action: string, here: Path | undefined): Path[] {
  return here !== undefined && /(^|[\s(])\.($|[\s)|])/.test(action) ? [here] : [];
}

function keysOf(fields: string): string[] {
  return fields.split(".").filter((key) => key !== "");
}
