import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

type Values = Readonly<Record<string, unknown>>;

const BINDINGS = dirname(require.resolve("@cdktf/provider-kubernetes/package.json"));

/**
 * Arguments of a resource of the Kubernetes provider with every field and block that it has, each with a value of its type, as
 * CDKTF would synthesise it: read from what the bindings of the type hand to Terraform.
 *
 * @param type e.g. `kubernetes_deployment_v1`
 */
export function maximalResource(type: string): Values {
  const folder = join(BINDINGS, "lib", type.replace("kubernetes_", "").replaceAll("_", "-"));
  const main = readFileSync(join(folder, "index.js"), "utf8");
  const structs = readStructs(folder, main);
  const [, attributes = ""] = /synthesizeAttributes\(\) \{\n\s+return \{([\s\S]*?)\n\s+\};/.exec(main) ?? [];
  return new Maximum(structs).block(attributes.replace(/this\._(\w+)\.internalValue/g, "struct.$1"));
}

/** What each struct of a type hands to Terraform, by the name of the function that does it. */
function readStructs(folder: string, main: string): ReadonlyMap<string, string> {
  const more = join(folder, "index-structs");
  const files = existsSync(more) ? readdirSync(more).filter((name) => name.endsWith(".js")) : [];
  const source = [main, ...files.map((name) => readFileSync(join(more, name), "utf8"))].join("\n");
  const functions = source.split(/\n(?=function |class )/).flatMap((part) => {
    const match = /^function (\w+ToTerraform)\(struct\) \{[\s\S]*?\n {4}return \{([\s\S]*?)\n?\s*\};\n\}/.exec(part);
    return match ? [[match[1] ?? "", match[2] ?? ""] as const] : [];
  });
  return new Map(functions);
}

class Maximum {
  constructor(private readonly structs: ReadonlyMap<string, string>) {}

  block(text: string): Values {
    const fields = [...text.matchAll(/\n\s+(\w+): (.*),/g)];
    return Object.fromEntries(fields.map(([, name = "", expression = ""]) => [name, this.value(expression)]));
  }

  private value(expression: string): unknown {
    if (expression.includes("hashMapper")) return { some_key: "1" };
    const list = /listMapper\((?:[\w.]+\.)?(\w+), (true|false)\)/.exec(expression);
    if (list) return [this.scalar(list[1] ?? "") ?? this.struct(list[1] ?? "")];
    const [, name = ""] = /(\w+ToTerraform)\)?\(/.exec(expression) ?? [];
    return this.scalar(name) ?? this.struct(name);
  }

  private scalar(mapper: string): unknown {
    return { stringToTerraform: "5", numberToTerraform: 6, booleanToTerraform: true }[mapper];
  }

  private struct(mapper: string): Values {
    const text = this.structs.get(mapper);
    if (text === undefined) throw new TypeError(`the bindings have no ${mapper}`);
    return this.block(text);
  }
}
