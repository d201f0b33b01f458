import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "./platform";

/** Arguments of one block: by their TypeScript name, the name of the block inside, or "" for a plain value. */
type Block = ReadonlyMap<string, string>;

/** Terraform's own arguments, which every resource has. */
const META_ARGUMENTS = new Set(["//", "depends_on", "lifecycle", "provider", "count", "for_each", "provisioner"]);

/** The library of a resource type's provider, by what the type begins with. */
const LIBRARIES = { aws: "provider-aws", helm: "provider-helm", kubernetes: "provider-kubernetes" };

/** The arguments that the generated types of the providers know, read from their declarations. */
export class ProviderTypes {
  private readonly resources = new Map<string, ReadonlyMap<string, Block> | undefined>();

  /** Arguments of a synthesised resource that its types do not have, as paths such as `vpc_config.subnet_ids`; all of it when the type itself is missing. */
  unknownArguments(type: string, resource: Readonly<Record<string, unknown>>): string[] {
    const interfaces = this.interfacesOf(type);
    if (interfaces === undefined) return ["(the resource type)"];
    const config = [...interfaces.keys()].find(
      (name) => name.endsWith("Config") && interfaces.get(name)?.has("#config"),
    );
    return unknownIn(interfaces, config ?? "", resource, "");
  }

  private interfacesOf(type: string): ReadonlyMap<string, Block> | undefined {
    if (!this.resources.has(type)) this.resources.set(type, readInterfaces(type));
    return this.resources.get(type);
  }
}

function unknownIn(
  interfaces: ReadonlyMap<string, Block>,
  name: string,
  block: Readonly<Record<string, unknown>>,
  at: string,
): string[] {
  const known = interfaces.get(name);
  return Object.entries(block).flatMap(([argument, value]) => {
    if (at === "" && META_ARGUMENTS.has(argument)) return [];
    const inside = known?.get(camelCase(argument));
    if (inside === undefined) return [`${at}${argument}`];
    if (inside === "") return [];
    return [value]
      .flat()
      .filter((item) => typeof item === "object" && item !== null)
      .flatMap((item) => unknownIn(interfaces, inside, item as Record<string, unknown>, `${at}${argument}.`));
  });
}

function readInterfaces(type: string): ReadonlyMap<string, Block> | undefined {
  const [provider = "", ...name] = type.split("_");
  const library = Object.entries(LIBRARIES).find(([known]) => known === provider)?.[1] ?? "";
  const file = join(ROOT, "node_modules/@cdktf", library, "lib", name.join("-"), "index.d.ts");
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  if (!text.includes(`tfResourceType = "${type}"`)) return undefined;
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const declared = tree.statements.filter(ts.isInterfaceDeclaration);
  const names = new Set(declared.map(({ name }) => name.text));
  return new Map(declared.map((declaration) => [declaration.name.text, blockOf(declaration, names)]));
}

/** The interface of the resource itself is marked, so that it is told from blocks whose name ends alike. */
function blockOf(declaration: ts.InterfaceDeclaration, names: ReadonlySet<string>): Block {
  const members = declaration.members.filter(ts.isPropertySignature).map((member) => {
    const words = member.type?.getText().match(/\w+/g) ?? [];
    return [member.name.getText(), words.find((word) => names.has(word)) ?? ""] as const;
  });
  const isResource = declaration.heritageClauses?.some((clause) => clause.getText().includes("TerraformMetaArguments"));
  return new Map(isResource ? [...members, ["#config", ""]] : members);
}

function camelCase(argument: string): string {
  return argument.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}
