import { InvalidArgumentError } from "commander";

/** Reads `--layers network,data`. */
export function readLayers(text: string): string[] {
  const layers = text.split(",").map((layer) => layer.trim());
  if (layers.every((layer) => layer !== "")) return [...new Set(layers)];
  throw new InvalidArgumentError(`Layers are names with commas between them, as in network,data; got \`${text}\`.`);
}
