import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { setStrandedStateAside } from "./stack-folder";

/** A state that Terraform could not upload. */
export interface StrandedStateOptions {
  readonly stack: string;
  /** Folder of the stack, synthesised. */
  readonly folder: string;
  /** `errored.tfstate` in it. */
  readonly file: string;
  /** What it describes was taken back. */
  readonly takenBack: boolean;
  readonly terraformBinary: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Brings back the state that Terraform left as `errored.tfstate` when the bucket did not answer. When the apply it
 * describes was taken back, or a later state is in the bucket, it is only put aside.
 *
 * @returns one sentence on what was done
 */
export async function settleStrandedState(options: StrandedStateOptions): Promise<string> {
  const { stack, file } = options;
  if (!options.takenBack && (await push(options))) {
    rmSync(file);
    return `${stack}: the state that could not be uploaded last time is uploaded now`;
  }
  const reason = options.takenBack ? "describes an apply that was taken back" : "is older than the one in the bucket";
  const aside = setStrandedStateAside(file, new Date());
  return `${stack}: errored.tfstate ${reason}; kept as ${aside}`;
}

async function push(options: StrandedStateOptions): Promise<boolean> {
  return (
    (await terraform(options, ["init", "-input=false", "-reconfigure"])) &&
    (await terraform(options, ["state", "push", options.file]))
  );
}

function terraform({ terraformBinary, folder, env }: StrandedStateOptions, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(terraformBinary, [...args], { cwd: folder, env, timeout: 120_000 }, (error) => {
      resolve(error === null);
    });
  });
}
