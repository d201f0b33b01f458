import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { loadEnvironment } from "../config";
import type { StackJson } from "../graph";
import { readStackGraph, toDot, toSvg } from "../graph";
import { synthesise } from "./synthesise";

/** The environments whose picture is kept in docs/pictures. */
export const PICTURES = [{ environment: "atlas/dev", path: "docs/pictures/atlas-dev.svg" }] as const;

const ROOT = resolve(__dirname, "..");

/** The picture of one environment, drawn from its synthesised JSON. */
export async function drawEnvironment(environment: string): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), "flightdeck-picture-"));
  try {
    const graph = readStackGraph(synthesise<StackJson>([loadEnvironment(ROOT, environment)], outdir));
    const names = graph.stacks.map((stack) => stack.id).join(", ");
    return await toSvg(
      toDot(graph, environment),
      `The stacks of ${environment}: ${names}, with their resources by type and what each takes from another`,
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

async function drawAll(): Promise<void> {
  for (const { environment, path } of PICTURES) {
    writeFileSync(join(ROOT, path), await drawEnvironment(environment));
    process.stdout.write(`${path} drawn from ${environment}\n`);
  }
}

if (require.main === module) void drawAll();
