import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";

/** What one process cost. Processor time is what other work on the machine disturbs least. */
export interface Sample {
  /** From the start of the process to its end. */
  readonly wallMs: number;
  /** Processor time of the whole process. */
  readonly cpuMs: number;
  /** Processor time from the first construct to the last file written, loading left out. */
  readonly synthesisMs: number;
  /** Peak resident memory. */
  readonly peakMiB: number;
  readonly stacks: number;
  readonly resources: number;
}

/** How resources are imported: one module each, or through the provider's package root. */
export type Variant = "modules" | "root";

/** What is synthesised: copies of atlas/dev, atlas/dev with more GPU pools, or every environment of this repository. */
export type Subject = "copies" | "pools" | "repository";

const ROOT = resolve(__dirname, "..");
/** Loaded before the program, the package root is loaded once and whole, as its importers load it. */
const FLAGS: Record<Variant, readonly string[]> = { modules: [], root: ["--require", "@cdktf/provider-aws"] };

/** Synthesises a subject of a size in a process of its own. */
export function takeSample(variant: Variant, subject: Subject, count: number): Sample {
  const program = join(__dirname, "synthesise-once.ts");
  const start = performance.now();
  const output = execFileSync(
    process.execPath,
    [...FLAGS[variant], "--import", "tsx", program, subject, String(count)],
    {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const wallMs = performance.now() - start;
  return { ...(JSON.parse(output) as Omit<Sample, "wallMs">), wallMs };
}
