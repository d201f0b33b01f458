import ts from "typescript";
import type { SourceFile } from "./source-file";
import { hasModifier, placeOf } from "./source-file";

const PROPS_NAME = /(Props|Options|Attributes)$/;

/** Props that are not documented, not `readonly`, or optional without a stated default. */
export function findPropsGaps(file: SourceFile): string[] {
  return file.tree.statements.flatMap((statement) => {
    const owner = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) ? statement : undefined;
    if (!owner || !PROPS_NAME.test(owner.name.text)) return [];
    const members = ts.isInterfaceDeclaration(owner) ? owner.members : membersOfType(owner.type);
    return members.flatMap((member) => gapsOfMember(file, owner.name.text, member));
  });
}

/** The members of every object literal in a type, e.g. of both halves of an intersection. */
function membersOfType(type: ts.TypeNode): ts.TypeElement[] {
  if (ts.isTypeLiteralNode(type)) return [...type.members];
  const found: ts.TypeElement[] = [];
  ts.forEachChild(type, (child) => {
    if (ts.isTypeNode(child)) found.push(...membersOfType(child));
  });
  return found;
}

function gapsOfMember(file: SourceFile, owner: string, member: ts.TypeElement): string[] {
  const name = `${placeOf(file, member)} \`${owner}.${member.name?.getText(file.tree) ?? "(unnamed)"}\``;
  const gaps: string[] = [];
  if (!hasDescription(member))
    gaps.push(`${name} has no documentation: say in a sentence what it is and what follows from it.`);
  if (!ts.isMethodSignature(member) && !hasModifier(member, ts.SyntaxKind.ReadonlyKeyword)) {
    gaps.push(`${name} is not \`readonly\`: props are handed over once and never changed.`);
  }
  if (member.questionToken && !hasDefault(member)) {
    gaps.push(`${name} is optional without \`@default\`: say the value, or what happens, when it is left out.`);
  }
  const nested = ts.isPropertySignature(member) && member.type ? membersOfType(member.type) : [];
  return [
    ...gaps,
    ...nested.flatMap((inner) => gapsOfMember(file, `${owner}.${member.name?.getText(file.tree) ?? ""}`, inner)),
  ];
}

function docsOf(member: ts.TypeElement): readonly ts.JSDoc[] {
  return ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
}

function hasDescription(member: ts.TypeElement): boolean {
  return docsOf(member).some((doc) => (ts.getTextOfJSDocComment(doc.comment) ?? "").trim() !== "");
}

function hasDefault(member: ts.TypeElement): boolean {
  return ts
    .getJSDocTags(member)
    .some((tag) => tag.tagName.text === "default" && (ts.getTextOfJSDocComment(tag.comment) ?? "").trim() !== "");
}
