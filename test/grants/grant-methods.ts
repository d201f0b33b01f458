import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const CONSTRUCTS = join(__dirname, "../../constructs");

/**
 * Every method of the library's classes that gives permissions, as `storage/private/store-base.grantRead`: the file and the
 * method. What an interface or an abstract class only announces is not among them.
 */
export function grantMethods(): string[] {
  const paths = readdirSync(CONSTRUCTS, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  return [...new Set(paths.flatMap(grantMethodsOf))].sort();
}

function grantMethodsOf(path: string): string[] {
  const text = readFileSync(join(CONSTRUCTS, path), "utf8");
  if (!/\bgrant[A-Z]/.test(text)) return [];
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const methods = tree.statements.filter(ts.isClassDeclaration).flatMap(({ members }) => members.filter(isWritten));
  const names = methods.map(({ name }) => name.getText(tree)).filter((name) => /^grant[A-Z]/.test(name));
  return names.map((name) => `${path.replace(/\.ts$/, "")}.${name}`);
}

function isWritten(member: ts.ClassElement): member is ts.MethodDeclaration {
  return ts.isMethodDeclaration(member) && member.body !== undefined;
}
