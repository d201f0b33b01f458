import { instance } from "@viz-js/viz";

/** Graphviz lays out with Courier's metrics; a reader sees the fixed-width font of their own system, as wide as that. */
const READERS_FONT = "ui-monospace,SFMono-Regular,Menlo,Consolas,Liberation Mono,monospace";

/**
 * Draws DOT as SVG. The same DOT gives the same bytes on every machine: the layout runs in WebAssembly with font metrics
 * of its own, and the comment that names Graphviz's build is left out.
 *
 * @param description what a screen reader says of the picture
 */
export async function toSvg(dot: string, description: string): Promise<string> {
  const viz = await instance();
  const svg = viz.renderString(dot, { format: "svg" });
  const plain = svg.slice(svg.indexOf("<svg")).replaceAll(/<!--.*?-->\n?/gs, "");
  const readable = plain
    .replaceAll(/font-family="Courier[^"]*"/g, `font-family="${READERS_FONT}"`)
    // Cells of a table touch; smoothed edges would let the card's colour shine through between them.
    .replaceAll(/<polygon (?=fill="[^"]*" stroke="none")/g, '<polygon shape-rendering="crispEdges" ');
  return readable.replace("<svg ", `<svg role="img" aria-label="${attribute(description)}" `).trimEnd() + "\n";
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
