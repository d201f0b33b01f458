import type { ResourceCount, StackGraph, StackNode } from "./stack-graph";

/**
 * Solid cards on no background, arrows in a grey that reads on white and on black: the picture suits light and dark pages.
 * The card colours keep a contrast of at least 4.5:1 to the white title in them.
 */
const CARD_COLOURS = ["#0969da", "#1a7f37", "#8250df", "#bc4c00", "#bf3989", "#0f766e", "#9a6700", "#57606a"];
const INK = { paper: "#f0f3f6", title: "#ffffff", text: "#1f2328", quiet: "#57606a", arrow: "#7d8590" };

/** Fixed-width, since those fonts are equally wide on every system: text stays inside the card it was measured for. */
const FONT = "Courier";

/** The picture as Graphviz DOT: one card per stack, one arrow per pair of stacks from what is read to what reads it. */
export function toDot(graph: StackGraph, title: string): string {
  const names = shortNames(graph.stacks.map((stack) => stack.id));
  const cards = graph.stacks.map((stack, index) => {
    const colour = CARD_COLOURS[index % CARD_COLOURS.length] ?? INK.quiet;
    return `  ${quote(stack.id)} [label=<${card(stack, names.get(stack.id) ?? stack.id, colour)}>]`;
  });
  const arrows = graph.edges.map(
    ({ from, to, values }) => `  ${quote(from)} -> ${quote(to)} [label=<${arrowLabel(values)}>]`,
  );
  return [
    `digraph ${quote(title)} {`,
    `  graph [rankdir=LR, bgcolor=transparent, ranksep=0.9, nodesep=0.35, pad=0.15]`,
    `  node [shape=plain, fontname=${quote(FONT)}, fontsize=12]`,
    `  edge [color=${quote(INK.arrow)}, fontcolor=${quote(INK.arrow)}, fontname=${quote(FONT)}, fontsize=11, penwidth=1.8, arrowsize=0.9]`,
    ...cards,
    ...arrows,
    "}",
    "",
  ].join("\n");
}

function card(stack: StackNode, name: string, colour: string): string {
  const total = stack.resources.reduce((sum, { count }) => sum + count, 0);
  const header =
    `<tr><td align="left" cellpadding="8"><font color="${INK.title}" point-size="16"><b>${escape(name)}</b></font></td>` +
    `<td align="right" cellpadding="8"><font color="${INK.title}">${total} ${total === 1 ? "resource" : "resources"}</font></td></tr>`;
  const footer = `<tr><td colspan="2" height="8" cellpadding="0"></td></tr>`;
  const table = `border="0" cellborder="0" cellspacing="0" cellpadding="3" bgcolor="${colour}" color="${colour}" style="rounded"`;
  return `<table ${table}>${header}${stack.resources.map(row).join("")}${footer}</table>`;
}

function row({ type, count }: ResourceCount): string {
  const cell = (align: string, colour: string, text: string): string =>
    `<td align="${align}" bgcolor="${INK.paper}"><font color="${colour}"> ${text} </font></td>`;
  return `<tr>${cell("left", INK.text, escape(type))}${cell("right", INK.quiet, String(count))}</tr>`;
}

function arrowLabel(values: readonly ResourceCount[]): string {
  const lines = values.map(({ type, count }) => `${escape(type)}${count > 1 ? ` ×${count}` : ""}`);
  const rows = lines.map((line) => `<tr><td align="left">${line}</td></tr>`).join("");
  return `<table border="0" cellborder="0" cellpadding="1" cellspacing="0">${rows}<tr><td height="10"></td></tr></table>`;
}

/** Ids without the beginning they all share up to a hyphen: `atlas-dev-network` → `network`. */
function shortNames(ids: readonly string[]): Map<string, string> {
  const [first = [], ...others] = ids.map((id) => id.split("-"));
  if (others.length === 0) return new Map(ids.map((id) => [id, id]));
  const differs = (index: number): boolean => others.some((parts) => parts[index] !== first[index]);
  const shared = [...first.keys()].find(differs) ?? 0;
  return new Map(ids.map((id) => [id, id.split("-").slice(shared).join("-")]));
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(`"`, "&quot;");
}

function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
