import ts from "typescript";
import { importsOf } from "./imports";
import type { SourceFile } from "./source-file";
import { hasModifier, isExported, placeOf, walk } from "./source-file";

/** Reads of the process environment. */
export function findEnvironmentReads(file: SourceFile): string[] {
  const reason = "reads the process environment: take the value as an argument, main.ts and cli/ read it.";
  const found: string[] = [];
  walk(file.tree, (node) => {
    if (isProcessEnv(node) || isEnvTakenApart(node)) found.push(`${placeOf(file, node)} ${reason}`);
    return true;
  });
  for (const { specifier, place } of importsOf(file)) {
    if (/^(node:)?process$/.test(specifier))
      found.push(`${place} imports \`${specifier}\`: use the global \`process\`, whose use is checked.`);
  }
  return found;
}

/** Imports of a provider's package root. */
export function findProviderRootImports(file: SourceFile): string[] {
  return importsOf(file)
    .filter(({ specifier }) => /^@cdktf\/provider-[^/]+(\/(lib(\/index)?)?)?$/.test(specifier))
    .map(
      ({ specifier, place }) =>
        `${place} imports the root of ${specifier}: import one resource's module (…/lib/vpc), the root loads all of the provider.`,
    );
}

/** Errors without a type and a code. */
export function findPlainErrors(file: SourceFile): string[] {
  const found: string[] = [];
  walk(file.tree, (node) => {
    const plain =
      (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === "Error";
    if (plain) found.push(`${placeOf(file, node)} makes a plain Error: use a typed error with a stable code.`);
    return true;
  });
  return found;
}

/** `any` in what a file exports; bodies of functions and private members are its own business. */
export function findExportedAny(file: SourceFile): string[] {
  const found: string[] = [];
  for (const statement of file.tree.statements.filter(isExported)) {
    walk(statement, (node) => {
      if (ts.isBlock(node) || hasModifier(node, ts.SyntaxKind.PrivateKeyword)) return false;
      if (node.kind === ts.SyntaxKind.AnyKeyword) {
        found.push(`${placeOf(file, node)} has \`any\` in an exported signature: name the type, or use \`unknown\`.`);
      }
      return true;
    });
  }
  return found;
}

function isProcessEnv(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === "env" && isProcess(node.expression);
  if (!ts.isElementAccessExpression(node)) return false;
  return (
    ts.isStringLiteralLike(node.argumentExpression) &&
    node.argumentExpression.text === "env" &&
    isProcess(node.expression)
  );
}

function isEnvTakenApart(node: ts.Node): boolean {
  if (!ts.isVariableDeclaration(node) || !node.initializer || !isProcess(node.initializer)) return false;
  if (!ts.isObjectBindingPattern(node.name)) return false;
  return node.name.elements.some((element) => (element.propertyName ?? element.name).getText() === "env");
}

function isProcess(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node))
    return node.name.text === "process" && node.expression.getText() === "globalThis";
  return ts.isIdentifier(node) && node.text === "process";
}
