import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CdktfOutput } from "../cdktf-output";
import type { ChangeCounts, DeployEvent } from "../deploy-event";
import { prepareStackFolder } from "../stack-folder";
import type { StackSettings } from "../stack-folder";
import type { RunSignal } from "./run-signal";
import { hasOtherResources, withoutCluster } from "./stack-json";
import type { StackJson } from "./stack-json";
import { runTerraform } from "./terraform-run";

/** What the resources of AWS in a stack of Kubernetes objects are deployed with. */
export interface AwsPartOptions {
  readonly stack: string;
  readonly json: StackJson;
  /** Whether the state holds resources of AWS, such as those that the stack no longer names. */
  readonly held: boolean;
  /** Folder of the synthesised stack. */
  readonly synthesized: string;
  /** Folder to run Terraform in. */
  readonly folder: string;
  readonly settings: StackSettings;
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly signal: RunSignal;
  readonly report: (event: DeployEvent) => void;
  /** Told of each Terraform process. */
  readonly onStart: (pid: number) => void;
}

const NOTHING: ChangeCounts = { add: 0, change: 0, destroy: 0 };

/** Folder in which the AWS resources of a stack of Kubernetes objects are deployed. */
export function awsPartFolder(sandboxFolder: string, stack: string): string {
  return join(sandboxFolder, "aws-parts", stack);
}

/**
 * Applies or destroys what a stack has besides Kubernetes objects, with Terraform itself: the stack without the Kubernetes and
 * Helm providers, in the same state and with the same addresses, so that a deploy that can have them goes on from there.
 *
 * @returns what changed, or undefined when it failed or was stopped; why is reported as an event
 */
export async function runAwsPart(
  verb: "apply" | "destroy",
  options: AwsPartOptions,
): Promise<ChangeCounts | undefined> {
  const { json, held, folder, stack, report, signal } = options;
  if (!held && !hasOtherResources(json)) return NOTHING;
  prepareStackFolder(folder, options.settings);
  writeFileSync(join(folder, "cdk.tf.json"), `${JSON.stringify(withoutCluster(json), undefined, 2)}\n`);
  linkAssets(options);
  const output = new CdktfOutput([stack]);
  const counts = { ...NOTHING };
  let failed = false;
  const take = (events: readonly DeployEvent[]): void => {
    for (const event of events) {
      if (event.type === "error") failed = true;
      if (event.type === "applied" || event.type === "destroyed") Object.assign(counts, countsOf(event));
      else report(event);
    }
  };
  const commands = [
    ["init", "-input=false", "-no-color"],
    [verb, "-auto-approve", "-input=false", "-no-color"],
  ];
  for (const args of commands) {
    if (signal.interrupts > 0) return undefined;
    const code = await run(args, options, (chunk) => {
      take(output.push(chunk));
    });
    take(output.end());
    if (code === 0 && !failed) continue;
    if (!failed && signal.interrupts === 0) report({ type: "error", stack, text: `terraform ${args[0]} failed` });
    return undefined;
  }
  return counts;
}

function countsOf(event: { readonly add?: number; readonly change?: number; readonly destroy: number }): ChangeCounts {
  return { add: event.add ?? 0, change: event.change ?? 0, destroy: event.destroy };
}

/** What Terraform prints is read as cdktf would print it: with the stack's id before each line. */
function run(args: readonly string[], options: AwsPartOptions, push: (chunk: string) => void): Promise<number> {
  const { stack, program, folder, env, logFile, signal, onStart } = options;
  let atStart = true;
  const onOutput = (chunk: string): void => {
    const marked = (atStart ? `\n${chunk}` : chunk).replace(/\n(?!$)/g, `\n${stack}  `);
    push(atStart ? marked.slice(1) : marked);
    atStart = chunk.endsWith("\n");
  };
  return runTerraform({ program, args, folder, env, logFile, signal, onStart, onOutput });
}

/** Files that resources refer to lie beside the synthesised stack. */
function linkAssets({ synthesized, folder }: AwsPartOptions): void {
  const link = join(folder, "assets");
  rmSync(link, { recursive: true, force: true });
  if (!existsSync(join(synthesized, "assets"))) return;
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(synthesized, "assets"), link, "dir");
}
