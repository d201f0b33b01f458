import ts from "typescript";
import type { SourceFile } from "./source-file";
import { lineOf, placeOf, walk } from "./source-file";

/** Files over the limit of code lines (blank lines and comments do not count). */
export function findLongFiles(file: SourceFile, limit: number): string[] {
  const lines = codeLines(file, file.tree).size;
  if (lines <= limit) return [];
  return [
    `${file.path} has ${lines} code lines, at most ${limit} are allowed: split value classes first, then grants, then helpers.`,
  ];
}

/** Functions, methods and constructors over the limit of code lines. */
export function findLongFunctions(file: SourceFile, limit: number): string[] {
  const found: string[] = [];
  walk(file.tree, (node) => {
    if (!ts.isFunctionLike(node) || !("body" in node) || !node.body) return true;
    const lines = codeLines(file, node).size;
    if (lines > limit) {
      found.push(`${placeOf(file, node)} ${nameOf(node)} has ${lines} code lines, at most ${limit} are allowed.`);
    }
    return true;
  });
  return found;
}

/** The lines that hold at least one token of a node. */
function codeLines(file: SourceFile, root: ts.Node): Set<number> {
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(file.tree);
    if (children.length > 0) return children.forEach(visit);
    if (node.getWidth(file.tree) === 0) return;
    const last = lineOf(file, node.getEnd());
    for (let line = lineOf(file, node.getStart(file.tree)); line <= last; line++) lines.add(line);
  };
  visit(root);
  return lines;
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (ts.isConstructorDeclaration(node)) return "constructor";
  if (node.name) return `\`${node.name.getText()}\``;
  const parent = node.parent;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)
    ? `\`${parent.name.getText()}\``
    : "function";
}
