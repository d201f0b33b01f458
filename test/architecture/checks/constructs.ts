import ts from "typescript";
import type { SourceFile } from "./source-file";
import { hasModifier, isExported } from "./source-file";

/** The exported constructs of a file: classes whose constructor takes a scope, or that extend one of this file or `Construct`. */
export function exportedConstructs(file: SourceFile): string[] {
  const classes = file.tree.statements.filter(ts.isClassDeclaration);
  const byName = new Map(classes.map((declaration) => [declaration.name?.text, declaration]));
  const isConstruct = (declaration: ts.ClassDeclaration): boolean => {
    const base = baseNameOf(declaration);
    const parent = byName.get(base);
    return (
      ["Construct", "TerraformStack"].includes(base ?? "") ||
      takesScope(declaration) ||
      (parent !== undefined && isConstruct(parent))
    );
  };
  return classes
    .filter((declaration) => isExported(declaration) && isConstruct(declaration))
    .map((declaration) => declaration.name?.text ?? "default");
}

/** More than one exported construct in a file, or one under another file name. */
export function findMisnamedConstructs(file: SourceFile): string[] {
  const names = exportedConstructs(file);
  if (names.length > 1) {
    return [`${file.path} exports ${names.length} constructs (${names.join(", ")}): one exported construct per file.`];
  }
  return names
    .filter((name) => kebabCase(name) !== stemOf(file.path))
    .map((name) => `${file.path} exports the construct ${name}: its file must be named ${kebabCase(name)}.ts.`);
}

/** Constructs without a test file of the same stem at the mirrored place; what is in `private/` is tested through its users. */
export function findUntestedConstructs(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map((file) => file.path));
  return files
    .filter((file) => /^constructs\/(?!.*\/private\/)/.test(file.path) && exportedConstructs(file).length > 0)
    .map((file) => ({ file, test: `test/${file.path.replace(/\.ts$/, ".test.ts")}` }))
    .filter(({ test }) => !paths.has(test))
    .map(({ file, test }) => `${file.path} has no test of its own: ${test} is missing.`);
}

/** `EksCluster` → `eks-cluster`; acronyms are words. */
export function kebabCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.ts$/, "");
}

function baseNameOf(declaration: ts.ClassDeclaration): string | undefined {
  const clause = declaration.heritageClauses?.find((heritage) => heritage.token === ts.SyntaxKind.ExtendsKeyword);
  return clause?.types[0]?.expression.getText();
}

function takesScope(declaration: ts.ClassDeclaration): boolean {
  const [first, second] = declaration.members.find(ts.isConstructorDeclaration)?.parameters ?? [];
  const storesScope = first !== undefined && hasModifier(first, ts.SyntaxKind.PrivateKeyword);
  return first?.name.getText() === "scope" && second?.name.getText() === "id" && !storesScope;
}
